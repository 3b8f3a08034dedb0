create table job (id bigint primary key);
