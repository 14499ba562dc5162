// Which characters a file may hold, and which of them are seen. Twin of the patterns of catalog/source.py.

import { INVISIBLE } from "./tables.js";

export const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/u;
export const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
export const VISIBLE = new RegExp(`[^\\s${INVISIBLE}]`, "u");
export const UNSEEN = new RegExp(`[${INVISIBLE}]`, "gu");
