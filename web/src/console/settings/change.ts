import { type Body, call, type Op } from '../../shared/api.ts'
import { queries } from '../../shared/query.ts'
import { toast, toastError } from '../../ui/Toast.tsx'

/** Sets something at once and offers to set it back to what it was. */
export async function change<K extends Op>(op: K, body: Body<K>, was: Body<K>, text: string): Promise<void> {
  try {
    await call(op, { body } as Parameters<typeof call<K>>[1])
    void queries.invalidateQueries()
    toast(text, () => change(op, was, body, text))
  } catch (error) {
    toastError(error)
  }
}
