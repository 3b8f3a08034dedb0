-- Grace has Frankenstein, long overdue, and had Good Omens before; Ada has both copies of The Left Hand of Darkness.
insert into loan (id, version, copy_id, member_id, borrowed_on, due_on, returned_on, fine)
    select random_uuid(), 0, c.id, m.id, date '2026-01-05', date '2026-02-02', null, null
    from copy c, member m where c.barcode = 'FR-1' and m.card_number = 'M-101';
insert into loan (id, version, copy_id, member_id, borrowed_on, due_on, returned_on, fine)
    select random_uuid(), 0, c.id, m.id, date '2025-01-05', date '2025-02-02', date '2025-01-20', 0
    from copy c, member m where c.barcode = 'GO-1' and m.card_number = 'M-101';
insert into loan (id, version, copy_id, member_id, borrowed_on, due_on, returned_on, fine)
    select random_uuid(), 0, c.id, m.id, current_date, dateadd('day', 28, current_date), null, null
    from copy c, member m where c.barcode like 'LHD-%' and m.card_number = 'M-100';
