import { useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'

/** Every session of an account ends: that cannot be taken back. */
export function SignOutDialog({ login, onClose }: { login: string; onClose(): void }) {
  const out = useAct('sign-out-user', {
    done: () => {
      toast(say('ui.settings.signed_out', { login }))
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={say('ui.settings.sign_out_what', { login })}
      onClose={onClose}
      acts={
        <Button
          tone="danger"
          autoFocus
          busy={out.isPending}
          onClick={() => out.mutate({ path: { login }, body: {} }, { onError: toastError })}
        >
          {say('ui.settings.sign_out')}
        </Button>
      }
    >
      <p>{say('ui.settings.sign_out_text')}</p>
    </Dialog>
  )
}
