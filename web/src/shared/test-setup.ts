import { use } from './words.ts'

// Tests read English sentences of their own, so that a change of wording does not break them.
use('en', { 'test.plain': 'plain', 'test.count': '{n} {n|order|orders}' })
