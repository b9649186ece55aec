// The list and the page of one thing of it, in one file: whoever opens the one opens the other.
export { default as WaveLive } from '../wave/WaveLive.tsx'
export { default as Waves } from './Waves.tsx'
