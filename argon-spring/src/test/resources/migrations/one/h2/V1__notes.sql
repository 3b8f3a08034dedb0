create table note (id bigint primary key, text varchar(255), kept_by_migration int default 1);
create sequence note_seq start with 1 increment by 50;
