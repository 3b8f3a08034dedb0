insert into product (id, version, name, price) values (-1, 0, 'lamp', 40);
insert into product (id, version, name, price) values (-2, 0, 'chair', 60);
