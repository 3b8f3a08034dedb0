insert into author (id, version, name, born, created_at, created_by, updated_at, updated_by) values
    (1, 0, 'Ursula K. Le Guin', '1929-10-21', now(), 'setup', now(), 'setup'),
    (2, 0, 'Terry Pratchett', '1948-04-28', now(), 'setup', now(), 'setup'),
    (3, 0, 'Neil Gaiman', '1960-11-10', now(), 'setup', now(), 'setup'),
    (4, 0, 'Mary Shelley', '1797-08-30', now(), 'setup', now(), 'setup');

insert into publication (id, version, title, published_on, publisher, publisher_city, created_at, created_by, updated_at, updated_by) values
    (1, 0, 'The Left Hand of Darkness', '1969-03-01', 'Ace Books', 'New York', now(), 'setup', now(), 'setup'),
    (2, 0, 'Good Omens', '1990-05-10', 'Gollancz', 'London', now(), 'setup', now(), 'setup'),
    (3, 0, 'Frankenstein', '1818-01-01', 'Lackington', 'London', now(), 'setup', now(), 'setup'),
    (4, 0, 'The Dispossessed', '1974-05-01', 'Harper & Row', 'New York', now(), 'setup', now(), 'setup'),
    (5, 0, 'Interzone', '1982-03-01', 'TTA Press', 'Ely', now(), 'setup', now(), 'setup');

insert into book (id, isbn, pages) values
    (1, '9780441478125', 304),
    (2, '9780575048003', 288),
    (3, '9780141439471', 273),
    (4, '9780061054884', 387);
insert into magazine (id, issn, issue) values (5, '0264-3596', 1);

insert into book_author (book_id, author_id) values (1, 1), (2, 2), (2, 3), (3, 4), (4, 1);

insert into publication_subject (publication_id, subject) values
    (1, 'SCIENCE_FICTION'), (2, 'FANTASY'), (2, 'HUMOUR'), (3, 'HORROR'), (3, 'SCIENCE_FICTION'), (4, 'SCIENCE_FICTION'),
    (5, 'SCIENCE_FICTION'), (5, 'FANTASY');

insert into copy (id, version, barcode, state, publication_id, created_at, created_by, updated_at, updated_by) values
    (1, 0, 'LHD-1', 'GOOD', 1, now(), 'setup', now(), 'setup'),
    (2, 0, 'LHD-2', 'WORN', 1, now(), 'setup', now(), 'setup'),
    (3, 0, 'GO-1', 'GOOD', 2, now(), 'setup', now(), 'setup'),
    (4, 0, 'FR-1', 'NEW', 3, now(), 'setup', now(), 'setup'),
    (5, 0, 'DIS-1', 'GOOD', 4, now(), 'setup', now(), 'setup'),
    (6, 0, 'IZ-1', 'GOOD', 5, now(), 'setup', now(), 'setup');

insert into member (version, card_number, name, email, status, street, postcode, city, joined_on) values
    (0, 'M-100', 'Ada Byron', 'ada@example.org', 'ACTIVE', '12 St James Square', 'SW1Y', 'London', '2020-01-15'),
    (0, 'M-101', 'Grace Murray', 'grace@example.org', 'ACTIVE', '1 Broadway', '10004', 'New York', '2021-06-01'),
    (0, 'M-102', 'Edgar Codd', 'edgar@example.org', 'SUSPENDED', '3 Fore Street', 'DT5', 'Portland', '2019-09-30');

insert into member_phone (member_id, position, phone)
    select id, 0, '+44 20 1234' from member where card_number = 'M-100';

alter sequence author_seq restart with 1101;
alter sequence publication_seq restart with 1101;
alter sequence copy_seq restart with 1101;
