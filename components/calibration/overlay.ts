/** Labels as they will be once the server has taken the acts that wait in the outbox. */
import type { LabelItem, LabelSend, OwnLabels, SampleDetail } from '@/lib/domain/calibration/sample';
import { truthMayShow } from '@/lib/domain/calibration/sample';

/** One's own labels of an item with the waiting acts on it done. */
export const ownAfter = (mine: OwnLabels, waiting: readonly LabelSend[]): OwnLabels =>
  waiting.reduce<OwnLabels>((labels, { label: { check, value } }) => {
    const { [check]: before, ...rest } = labels;
    return value === null ? rest : { ...rest, [check]: { value, changed: before?.changed ?? false } };
  }, mine);

const ofItem = (waiting: readonly LabelSend[], sampleId: string, position: number): LabelSend[] =>
  waiting.filter((send) => send.sampleId === sampleId && send.position === position);

/** The sample with the waiting acts done. */
export const sampleAfter = (sample: SampleDetail, waiting: readonly LabelSend[]): SampleDetail => ({
  ...sample,
  places: sample.places.map((place) => {
    const acts = ofItem(waiting, sample.id, place.position);
    return acts.length === 0 ? place : { ...place, mine: ownAfter(place.mine, acts) };
  }),
});

/** The item with the waiting acts done: what the server has yet to send of the verdict stays hidden. */
export const itemAfter = (item: LabelItem, waiting: readonly LabelSend[]): LabelItem => {
  const acts = ofItem(waiting, item.sampleId, item.position);
  if (acts.length === 0) return item;
  const mine = ownAfter(item.mine, acts);
  const shown = {
    consistency: mine.consistency ? item.shown.consistency : null,
    accuracy: mine.accuracy ? item.shown.accuracy : null,
    rolloutId: item.asked.every((check) => mine[check]) ? item.shown.rolloutId : null,
  };
  const truthShown = item.truthShown && truthMayShow({ asked: item.asked, mine });
  const question = truthShown ? item.question : { ...item.question, truth: '' };
  return { ...item, mine, shown, truthShown, question };
};
