-- A journal with every kind of event, as the version of November 2026 wrote it.
PRAGMA application_id=1145530988;
PRAGMA user_version=4;
BEGIN TRANSACTION;
CREATE TABLE editions (digest TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE events (
            stream INTEGER NOT NULL REFERENCES streams (number),
            seq    INTEGER NOT NULL CHECK (seq >= 1),
            at     INTEGER NOT NULL,
            line   TEXT NOT NULL,
            PRIMARY KEY (stream, seq)
        ) WITHOUT ROWID
        ;
INSERT INTO "events" VALUES(1,1,1790000000000,'playthrough_started 1 {"story":"omar","edition":"0ld","branched_from":"","branched_at":0,"led_by":""}');
INSERT INTO "events" VALUES(1,2,1790000001000,'choice_made 1 {"scene":"omw_home","choice":"ask"}');
INSERT INTO "events" VALUES(1,3,1790000002000,'looked 1 {"scene":"omw_home","exhibit":"post","detail":"detail_1"}');
INSERT INTO "events" VALUES(1,4,1790000003000,'reference_opened 1 {"reference":"sr_1_2_f"}');
INSERT INTO "events" VALUES(1,5,1790000004000,'choice_made 1 {"scene":"desk","choice":"wait"}');
INSERT INTO "events" VALUES(1,6,1790000005000,'reflected 1 {"text":"I would ask sooner. “Ça va?”"}');
INSERT INTO "events" VALUES(1,7,1790000006000,'transfer_answered 1 {"item":"t1","option":1}');
INSERT INTO "events" VALUES(2,1,1790000000000,'session_started 1 {"course":"word","entity":"word","leader":"word","headcount":3,"minutes":3,"scenarios":["a","b"],"rehearsal":true}');
INSERT INTO "events" VALUES(2,2,1790000005000,'step_reached 1 {"step":"word","scene":"word","form":"word"}');
INSERT INTO "events" VALUES(2,3,1790000005000,'road_opened 1 {"story":"word","edition":"word","playthrough":"word","branched_from":"word","branched_at":3}');
INSERT INTO "events" VALUES(2,4,1790000005000,'form_chosen 1 {"form":"word"}');
INSERT INTO "events" VALUES(2,5,1790000005000,'ballot_opened 1 {"mode":"word"}');
INSERT INTO "events" VALUES(2,6,1790000005000,'ballot_cast 1 {"counts":{"a":3,"b":2},"added":true}');
INSERT INTO "events" VALUES(2,7,1790000005000,'ballot_closed 1 {}');
INSERT INTO "events" VALUES(2,8,1790000005000,'settled 1 {"option":"word","rule":"word"}');
INSERT INTO "events" VALUES(2,9,1790000005000,'minority_reason 1 {"text":"word"}');
INSERT INTO "events" VALUES(2,10,1790000005000,'parked 1 {"text":"word"}');
INSERT INTO "events" VALUES(2,11,1790000005000,'takeaway 1 {"text":"word"}');
INSERT INTO "events" VALUES(2,12,1790000005000,'blanked 1 {"on":true}');
INSERT INTO "events" VALUES(2,13,1790000005000,'extended 1 {"seconds":3}');
INSERT INTO "events" VALUES(2,14,1790000005000,'undone 1 {}');
INSERT INTO "events" VALUES(2,15,1790000005000,'paused 1 {"on":true}');
INSERT INTO "events" VALUES(2,16,1790000005000,'headcount_changed 1 {"headcount":3}');
INSERT INTO "events" VALUES(2,17,1790000005000,'session_ended 1 {}');
CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO "migrations" VALUES(1,'m001_streams');
INSERT INTO "migrations" VALUES(2,'m002_editions');
INSERT INTO "migrations" VALUES(3,'m003_settings');
INSERT INTO "migrations" VALUES(4,'m004_outbox');
CREATE TABLE outbox (
            number       INTEGER PRIMARY KEY,
            id           TEXT NOT NULL UNIQUE,
            stream       TEXT NOT NULL,
            registration TEXT NOT NULL,
            body         TEXT NOT NULL,
            state        TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused')),
            attempts     INTEGER NOT NULL DEFAULT 0,
            said         TEXT NOT NULL DEFAULT ''
        );
CREATE TABLE outbox_queued (
            stream TEXT PRIMARY KEY,
            seq    INTEGER NOT NULL CHECK (seq >= 0)
        ) WITHOUT ROWID
        ;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE streams (
            number   INTEGER PRIMARY KEY,
            id       TEXT NOT NULL UNIQUE,
            kind     TEXT NOT NULL,
            length   INTEGER NOT NULL CHECK (length >= 0),
            started  INTEGER NOT NULL,
            updated  INTEGER NOT NULL,
            summary  TEXT NOT NULL,
            checksum INTEGER NOT NULL
        );
INSERT INTO "streams" VALUES(1,'run-1','playthrough',7,1790000000000,1790000006000,'{"story":"omar","state":"paused"}',1839999792);
INSERT INTO "streams" VALUES(2,'session-1','session',17,1790000000000,1790000005000,'{"course":"c"}',4026069084);
CREATE TRIGGER events_are_never_replaced BEFORE INSERT ON events
        WHEN EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, 'an event is never replaced'); END;
CREATE TRIGGER events_are_never_altered BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'an event is never altered'); END;
CREATE TRIGGER events_go_with_their_stream BEFORE DELETE ON events
        WHEN EXISTS (SELECT 1 FROM streams WHERE number = OLD.stream)
        BEGIN SELECT RAISE(ABORT, 'events go only with their whole stream'); END;
CREATE TRIGGER streams_take_their_events_along AFTER DELETE ON streams
        BEGIN DELETE FROM events WHERE stream = OLD.number; END;
CREATE TRIGGER streams_only_grow BEFORE UPDATE ON streams
        WHEN NEW.number <> OLD.number OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind
            OR NEW.started <> OLD.started OR NEW.length < OLD.length
        BEGIN SELECT RAISE(ABORT, 'a stream only grows'); END;
CREATE TRIGGER editions_are_never_altered BEFORE UPDATE ON editions
        BEGIN SELECT RAISE(ABORT, 'an edition is never altered'); END;
CREATE TRIGGER editions_are_kept BEFORE DELETE ON editions
        BEGIN SELECT RAISE(ABORT, 'an edition that was played is kept'); END;
CREATE INDEX outbox_by_state ON outbox (state, number);
CREATE INDEX outbox_by_stream ON outbox (stream);
CREATE TRIGGER streams_take_their_records_along AFTER DELETE ON streams
        BEGIN
            DELETE FROM outbox WHERE stream = OLD.id AND state <> 'sent';
            UPDATE outbox SET stream = '' WHERE stream = OLD.id;
            DELETE FROM outbox_queued WHERE stream = OLD.id;
        END;
COMMIT;
