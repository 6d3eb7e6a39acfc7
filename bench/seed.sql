-- People, posts and terms for bench/seed.py, by number: post n is person n, employment n and post n, ids from 1.
INSERT INTO people_membership (recorded_at, recorded_by, starts_on, agency_id, partnership_id)
SELECT %(began)s, 'system:seed', '2020-01-01', agency.id, partnership.id
FROM people_agency agency, people_partnership partnership WHERE partnership.code = %(partnership)s;

INSERT INTO people_locality (code, title, kind, ons_code, partnership_id)
SELECT 'L' || n, 'Locality ' || n, 'district', '', partnership.id
FROM generate_series(1, 8) n, people_partnership partnership WHERE partnership.code = %(partnership)s;

INSERT INTO people_workplace (code, title, agency_id, locality_id)
SELECT 'W' || n, 'Workplace ' || n, agency.id, locality.id
FROM people_agency agency CROSS JOIN generate_series(1, 8) n JOIN people_locality locality ON locality.code = 'L' || n;

INSERT INTO people_team (title, agency_id)
SELECT 'Team ' || lpad(n::text, 3, '0'), agency.id
FROM (SELECT id, row_number() OVER (ORDER BY code) - 1 AS number FROM people_agency) agency,
    generate_series(1, 400) n WHERE n <= 20 OR agency.number = 0;

INSERT INTO people_person (id, uid, first_name, last_name, preferred_name, is_protected, recorded_at)
SELECT n + 1, ('0000a000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
    (ARRAY['Amira', 'Bea', 'Col', 'Dot', 'Ewan', 'Farah', 'Gita', 'Hugh', 'Ines', 'Jo', 'Kit', 'Lena', 'Mo', 'Nia',
        'Olu', 'Pat'])[1 + (hashint8(n) & 15)],
    initcap(substr(translate(md5(n::text), '0123456789', 'aeioulmnrs'), 1, 7)), '', n %% 997 = 0, %(began)s
FROM generate_series(0, %(posts)s - 1) n;

INSERT INTO people_employment (id, uid, employee_ref, work_email, recorded_at, agency_id, person_id)
SELECT n + 1, gen_random_uuid(), 'E' || n, '', %(began)s, agency.id, n + 1
FROM generate_series(0, %(posts)s - 1) n
JOIN (SELECT id, row_number() OVER (ORDER BY code) - 1 AS number FROM people_agency) agency ON agency.number =
    CASE WHEN n < %(large)s OR %(agencies)s = 1 THEN 0 ELSE 1 + n %% (%(agencies)s - 1) END
ORDER BY n;

INSERT INTO people_post (id, uid, assignment_ref, recorded_at, employment_id)
SELECT n + 1, gen_random_uuid(), '', %(began)s, n + 1 FROM generate_series(0, %(posts)s - 1) n;

-- One term for three quarters, two with the same job for a fifth, leave for a twentieth; a twentieth are newcomers.
CREATE TEMPORARY TABLE seeded AS
SELECT n + 1 AS post_id, hash & 127 AS kind,
    %(on_day)s::date - CASE WHEN (hash >> 8) & 31 = 0 THEN (hash >> 16) %% 100
        ELSE 200 + (hash >> 16) %% 1800 END::int AS starts_on,
    (%(groups)s::bigint[])[1 + n %% cardinality(%(groups)s::bigint[])] AS role_group_id,
    employment.agency_id
FROM (SELECT n, hashint8(n) & 2147483647 AS hash FROM generate_series(0, %(posts)s - 1) n) numbered
JOIN people_employment employment ON employment.id = n + 1;

ALTER TABLE seeded ADD moved_on date;

UPDATE seeded SET moved_on = starts_on + 50 WHERE kind < 32 AND starts_on < %(on_day)s::date - 100;

INSERT INTO people_term (recorded_at, recorded_by, starts_on, ends_on, post_title, employment_type, status, source,
    post_id, role_group_id, team_id, workplace_id)
SELECT %(began)s, 'system:seed', days.starts_on, days.ends_on, '', 'permanent', days.status, 'seed', post_id,
    role_group_id, team.id, workplace.id
FROM seeded
JOIN (SELECT id, agency_id, row_number() OVER (PARTITION BY agency_id ORDER BY id) - 1 AS number,
    count(*) OVER (PARTITION BY agency_id) AS teams FROM people_team) team
    ON team.agency_id = seeded.agency_id AND team.number = (post_id / 4) %% team.teams
JOIN people_workplace workplace ON workplace.agency_id = seeded.agency_id AND workplace.code = 'W' || (1 + post_id %% 8)
CROSS JOIN LATERAL (
    SELECT seeded.starts_on, moved_on - 1 AS ends_on, 'active' AS status
    UNION ALL
    SELECT moved_on, NULL, CASE WHEN kind < 6 THEN 'maternity' ELSE 'active' END WHERE moved_on IS NOT NULL
) days
ORDER BY post_id, days.starts_on;

INSERT INTO people_duty (recorded_at, recorded_by, starts_on, source, designation_id, post_id)
SELECT %(began)s, 'system:seed', '2020-01-01', 'seed', designation.id, n + 1
FROM generate_series(0, %(posts)s - 1, 33) n
JOIN (SELECT id, row_number() OVER (ORDER BY code) - 1 AS number, count(*) OVER () AS all_of_them
    FROM people_designation) designation ON designation.number = (n / 33) %% designation.all_of_them;

INSERT INTO pathways_exemption (recorded_at, recorded_by, starts_on, reason_code, post_id, module_id)
SELECT %(began)s, 'system:seed', %(on_day)s, 'agreed', n + 1,
    (%(modules)s::bigint[])[1 + (n / 101) %% cardinality(%(modules)s::bigint[])]
FROM generate_series(0, %(posts)s - 1, 101) n;

SELECT setval(pg_get_serial_sequence('people_' || name, 'id'), %(posts)s)
FROM (VALUES ('person'), ('employment'), ('post')) tables (name);

DROP TABLE seeded
