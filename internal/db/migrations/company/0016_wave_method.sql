-- What a wave was predicted to take when it was released, and what its orders would have taken one by one. 0 = the
-- locations have no coordinates.
ALTER TABLE wave_wave ADD COLUMN metres BIGINT NOT NULL DEFAULT 0;
ALTER TABLE wave_wave ADD COLUMN plain_metres BIGINT NOT NULL DEFAULT 0;
ALTER TABLE wave_wave ADD COLUMN seconds BIGINT NOT NULL DEFAULT 0;
ALTER TABLE wave_wave ADD COLUMN plain_seconds BIGINT NOT NULL DEFAULT 0;
