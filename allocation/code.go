package allocation

// Codes of the words area "allocation".
const (
	codeNotNeeded      = "allocation.not_needed"
	codeClosed         = "allocation.closed"
	codeRejectedBefore = "allocation.rejected_before"
	codeNoService      = "allocation.no_service"
	codeCapacity       = "allocation.capacity"
	codeShort          = "allocation.short"
	codeShortSeveral   = "allocation.short_several"
	codeSplitForbidden = "allocation.split_forbidden"
	codeSplitDearer    = "allocation.split_dearer"
	codeFurther        = "allocation.further"
	codeOtherProvince  = "allocation.other_province"
	codeUnlocated      = "allocation.unlocated"
	codeDearer         = "allocation.dearer"
	codeSlower         = "allocation.slower"
	codeCutoffPassed   = "allocation.cutoff_passed"
	codeLowerPriority  = "allocation.lower_priority"
	codeOtherNode      = "allocation.other_node"
	codeTied           = "allocation.tied"

	codeWaitsShort    = "allocation.waits.short"
	codeWaitsComplete = "allocation.waits.complete"
	codeWaitsWhole    = "allocation.waits.whole"
	codeWaitsParcels  = "allocation.waits.parcels"
	codeWaitsClosed   = "allocation.waits.closed"
	codeWaitsRejected = "allocation.waits.rejected"
	codeWaitsService  = "allocation.waits.no_service"
	codeWaitsCapacity = "allocation.waits.capacity"
	codeWaitsHeld     = "allocation.waits.held"

	codeOnlyNode     = "allocation.only_node"
	codeSameProvince = "allocation.same_province"
	codeSplit        = "allocation.split"
	codePartial      = "allocation.partial"
	codeBackOrdered  = "allocation.back_ordered"
	codeNothingAsked = "allocation.nothing_asked"

	codeByHand      = "allocation.by_hand." // and the act
	codeByHandWaits = "allocation.by_hand.waits"
	codeByHandSame  = "allocation.by_hand.same"
	codeNotChosen   = "allocation.not_chosen"

	codeTogetherSaves  = "allocation.together.saves"
	codeTogetherServes = "allocation.together.serves"
	codeTogetherServed = "allocation.together.served"
	codeTogetherWanted = "allocation.together.wanted"
	codeTogetherTaken  = "allocation.together.taken"
	codeTogetherFull   = "allocation.together.full"
	codePlainNode      = "allocation.plain_node"
)
