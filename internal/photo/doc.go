// Package photo makes of a picture that a stranger sent a picture that can be shown to somebody else.
//
// It owns what is taken (JPEG and PNG, known by their content), how large it may be, how it is turned and made smaller, and that nothing
// of what was sent is kept but what is seen: a picture is decoded and drawn anew, so where it was taken, with what, the words behind its
// last byte and a program that it may be at the same time are gone. It does not own where pictures are kept (aftersales) nor how
// they come (api/public).
//
// Words. Sides are width and height as the picture is seen: what a camera writes about how it was held is done, not kept.
package photo
