/* Gradient descent on f(w_1 ... w_k) in quadruple precision: the judge of what lemmata says.
   Losses are typed here by hand, with their derivatives; nothing is shared with the project. */
#include <quadmath.h>
typedef __float128 real;
#define HALF 0.5Q

static real slope(int loss, real p) {
    switch (loss) {
    case 0: return p + 1;                                   /* (p+1)**2/2 */
    case 1: return p - 1;                                   /* (p-1)**2/2 */
    case 2: return p;                                       /* p**2/2 */
    case 3: return p * p * p;                               /* p**4/4 */
    case 4: return p * (p * p - 1);                         /* (p**2-1)**2/4 */
    case 5: return 1;                                       /* p */
    case 6: return p * p + 1;                               /* p**3/3+p */
    case 7: return p * p * p * p * p - 1 / 3.0Q;            /* p**6/6-p/3 */
    case 8: return expq(p);                                 /* exp(p) */
    case 9: return 1 / (1 + expq(-p));                      /* log(1+exp(p)) */
    case 10: return tanhq(p - 1);                           /* log(cosh(p-1)) */
    case 11: return p / sqrtq(1 + p * p);                   /* sqrt(1+p**2) */
    case 12: return sinq(p);                                /* 1-cos(p) */
    case 13: return 2 * p / ((1 + p * p) * (1 + p * p));    /* p**2/(1+p**2) */
    case 14: return -2 / (expq(2 * p) + 1);                 /* log(1+exp(-2*p)) */
    case 15: return p * p;                                  /* p**3/3 */
    case 16: return sinhq(p + 2);                           /* cosh(p+2) */
    case 17: return 1 / (coshq(p) * coshq(p));              /* tanh(p) */
    case 18: return p - 2 - 0.1Q * sinq(5 * p);             /* (p-2)**2/2+cos(5*p)/50 */
    case 19: return -p * expq(-p * p / 2);                  /* exp(-p**2/2) */
    }
    return 0;
}

/* Write p_0, ..., p_n, each as two doubles (high and low part); return how many are finite. */
int orbit(int loss, int k, const char **start, const char *step, int n, double *high, double *low) {
    real w[64], before[65], eta = strtoflt128(step, 0);
    for (int i = 0; i < k; i++) w[i] = strtoflt128(start[i], 0);
    for (int t = 0;; t++) {
        before[0] = 1;
        for (int i = 0; i < k; i++) before[i + 1] = before[i] * w[i];
        real p = before[k];
        high[t] = (double)p;
        low[t] = (double)(p - (real)high[t]);
        if (!finiteq(p) || fabsq(p) > 1e300Q) return t;
        if (t == n) return t + 1;
        real pull = eta * slope(loss, p), after = 1;
        for (int i = k - 1; i >= 0; i--) {
            real old = w[i];
            w[i] -= pull * before[i] * after;
            after *= old;
        }
    }
}
