create table note (id bigint primary key, text varchar(255));
create sequence note_seq start with 100 increment by 50;
