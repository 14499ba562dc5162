// Exact decimal numbers, as far as answers need them.

const ROUND = 10n;

/** `digits` times ten to the power of minus `scale`. */
export class Decimal {
  constructor(digits, scale = 0) {
    this.digits = BigInt(digits);
    this.scale = scale;
  }

  /** Of a text like `-12.50`. */
  static of(text) {
    const [whole, part = ""] = text.split(".");
    return new Decimal(BigInt(whole.replace("-", "") + part) * (text.startsWith("-") ? -1n : 1n), part.length);
  }

  /** Both as whole numbers of the same power of ten, and that power. */
  aligned(other) {
    const scale = Math.max(this.scale, other.scale);
    return [this, other].map((one) => one.digits * ROUND ** BigInt(scale - one.scale)).concat(scale);
  }

  plus(other) {
    const [own, its, scale] = this.aligned(other);
    return new Decimal(own + its, scale);
  }

  times(other) {
    return new Decimal(this.digits * other.digits, this.scale + other.scale);
  }

  minus(other) {
    return this.plus(other.negated());
  }

  negated() {
    return new Decimal(-this.digits, this.scale);
  }

  absolute() {
    return this.digits < 0n ? this.negated() : this;
  }

  /** Below, at or above zero where this is less than, equal to or more than the other. */
  compare(other) {
    const [own, its] = this.aligned(other);
    return own < its ? -1 : own > its ? 1 : 0;
  }

  is(other) {
    return this.compare(other) === 0;
  }

  /** Without needless zeros, an exponent and minus zero. */
  toString() {
    const sign = this.digits < 0n ? "-" : "";
    const digits = String(this.digits < 0n ? -this.digits : this.digits).padStart(this.scale + 1, "0");
    const [whole, part] = [digits.slice(0, digits.length - this.scale), digits.slice(digits.length - this.scale).replace(/0+$/, "")];
    return sign + whole + (part && `.${part}`);
  }
}

export const ZERO = new Decimal(0);
export const ONE = new Decimal(1);
