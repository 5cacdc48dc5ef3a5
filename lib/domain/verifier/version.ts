/**
 * Number of the rule set in this folder. A verifier version stores it beside its thresholds, so that stored measures
 * are known to be stale once a rule has changed. Raise it with every change that can alter a measure.
 */
export const RULES_VERSION = 2;
