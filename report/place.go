package report

import "github.com/packhorse/packhorse/internal/db"

var selMessageChannel = db.NewSQL(`SELECT channel_id FROM report_message WHERE id = $1`)

// ChannelOf is the account of the shop that a message is for; 0 where there is no such message.
func ChannelOf(tx *db.Tx, key int64) (channel int64, err error) {
	_, err = tx.Query(selMessageChannel, key).One(&channel)
	return channel, err
}
