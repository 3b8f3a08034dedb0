insert into note (id, text) values (1, 'by script');
