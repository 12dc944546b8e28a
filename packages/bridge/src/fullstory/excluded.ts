/**
 * The class of elements that are in no recording: neither what they show nor what is done in them
 * (https://help.fullstory.com/hc/en-us/articles/360020623574).
 */
export const EXCLUDED = 'fs-exclude'
