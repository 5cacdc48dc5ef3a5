/** Common units as dimension and factor, so that `350 cm` meets `3.5 m`. Unknown units never make a difference. */

type Unit = { readonly dimension: string; readonly factor: number };

const table: readonly (readonly [dimension: string, factor: number, names: string])[] = [
  ['length', 1e-9, 'nm nanometer nanometre'],
  ['length', 1e-6, 'µm μm um micrometer micrometre micron'],
  ['length', 1e-3, 'mm millimeter millimetre'],
  ['length', 1e-2, 'cm centimeter centimetre'],
  ['length', 1, 'm meter metre'],
  ['length', 1e3, 'km kilometer kilometre'],
  ['length', 0.0254, 'in inch inches'],
  ['length', 0.3048, 'ft foot feet'],
  ['length', 1609.344, 'mi mile'],
  ['mass', 1e-6, 'mg milligram'],
  ['mass', 1e-3, 'g gram'],
  ['mass', 1, 'kg kilogram'],
  ['time', 1e-3, 'ms millisecond'],
  ['time', 1, 's sec second'],
  ['time', 60, 'min minute'],
  ['time', 3600, 'h hr hour'],
  ['area', 1e-4, 'cm² cm^2 cm2'],
  ['area', 1, 'm² m^2 m2 sqm'],
  ['volume', 1e-3, 'mL ml milliliter millilitre'],
  ['volume', 1, 'L l liter litre'],
  ['current', 1e-3, 'mA milliampere'],
  ['current', 1, 'A ampere amp'],
  ['voltage', 1e-3, 'mV millivolt'],
  ['voltage', 1, 'V volt'],
  ['voltage', 1e3, 'kV kilovolt'],
  ['resistance', 1, 'Ω ohm'],
  ['resistance', 1e3, 'kΩ kohm'],
  ['energy', 1, 'J joule'],
  ['energy', 1e3, 'kJ kilojoule'],
  ['power', 1, 'W watt'],
  ['power', 1e3, 'kW kilowatt'],
  ['frequency', 1, 'Hz hertz'],
  ['frequency', 1e3, 'kHz kilohertz'],
  ['frequency', 1e6, 'MHz megahertz'],
  ['time', 86_400, 'day'],
  ['force', 1, 'N newton'],
  ['force', 1e3, 'kN kilonewton'],
  ['pressure', 1, 'Pa pascal'],
  ['pressure', 1e3, 'kPa kilopascal'],
  ['charge', 1, 'C coulomb'],
  ['capacitance', 1e-6, 'µF μF uF microfarad'],
  ['capacitance', 1, 'F farad'],
  ['amount', 1, 'mol mole'],
  ['temperature', 1, 'K kelvin'],
  ['angle', 1, 'rad radian'],
];

const units: ReadonlyMap<string, Unit> = new Map(
  table.flatMap(([dimension, factor, names]) => names.split(' ').map((name) => [name, { dimension, factor }] as const)),
);

/** The unit a word names, plural and case of long names ignored; undefined when it is not in the table. */
export const findUnit = (written: string): Unit | undefined => {
  const lower = written.toLowerCase();
  return (
    units.get(written) ?? (lower.length > 2 ? (units.get(lower) ?? units.get(lower.replace(/s$/, ''))) : undefined)
  );
};

/** Whether a text is made of known units only: `m`, `m/s^2`, `kg·m²`. */
export const isUnit = (written: string): boolean => {
  const parts = written.split(/[\s/·*^()⁻¹²³\d-]+/).filter((part) => part !== '');
  return findUnit(written) !== undefined || (parts.length > 0 && parts.every((part) => findUnit(part) !== undefined));
};
