alter table note add column added varchar(20);
