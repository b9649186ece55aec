import { Route, Switch } from 'wouter'
import Tasks from './Tasks.tsx'
import { Walking } from './Walking.tsx'

/** Picking: the tasks to choose from, and the walk of one. */
export default function Pick() {
  return (
    <Switch>
      <Route path="/:id">{p => <Walking key={p.id} id={p.id} />}</Route>
      <Route>
        <Tasks />
      </Route>
    </Switch>
  )
}
