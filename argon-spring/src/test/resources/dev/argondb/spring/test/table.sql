insert into product (id, version, name, price) values (-3, 0, 'table', 90);
