/* The rule of numerics/variants in quadruple precision, and conditions in clauses. */
#include <quadmath.h>
#include <stdlib.h>
#include <string.h>

typedef __float128 q;

/* "N", "N/D" with decimals of any length */
static q number(const char *text) {
    const char *slash = strchr(text, '/');
    q top = strtoflt128(text, NULL);
    return slash ? top / strtoflt128(slash + 1, NULL) : top;
}

static q value(int loss, q a, q p) {
    switch (loss) {
    case 0: return (p - a) * (p - a) / 2;
    case 1: return p * p * p * p / 4 - p;
    case 2: return powq(p, 6) / 6 - p / 3;
    case 3: return log1pq(expq(-p));
    case 4: return sqrtq(1 + (p - 2) * (p - 2));
    default: return expq(-p);
    }
}

static q slope(int loss, q a, q p) {
    switch (loss) {
    case 0: return p - a;
    case 1: return p * p * p - 1;
    case 2: return p * p * p * p * p - (q)1 / 3;
    case 3: return -1 / (1 + expq(p));
    case 4: return (p - 2) / sqrtq(1 + (p - 2) * (p - 2));
    default: return -expq(-p);
    }
}

/* Atoms are (clause, quantity, through abs, below, strict) and two numbers, shift and threshold. */
static int holds(const int *atoms, const q *ends, int count, const q *quantities, q *closest) {
    int all = 1;
    for (int i = 0; i < count;) {
        int clause = atoms[5 * i], some = 0;
        for (; i < count && atoms[5 * i] == clause; i++) {
            q x = quantities[atoms[5 * i + 1]];
            if (atoms[5 * i + 2]) x = fabsq(x + ends[2 * i]);
            q gap = x - ends[2 * i + 1], size = fabsq(gap);
            if (size < *closest) *closest = size;
            int strict = atoms[5 * i + 4];
            some |= atoms[5 * i + 3] ? (strict ? gap < 0 : gap <= 0) : (strict ? gap > 0 : gap >= 0);
        }
        all &= some;
    }
    return all;
}

/* The first step at which the condition holds; -1 if not by ``limit``, -2 if the orbit is lost. */
long count(int loss, const char *at, int depth, const char **start, int pieces, const char **sizes,
           const long *lengths, const char *clip, const char *decay, const char *momentum, int anchor,
           int comparisons, const int *atoms, const char **numbers, long limit, double *closest) {
    q *w = malloc(depth * sizeof(q)), *v = calloc(depth, sizeof(q));
    q *before = malloc((depth + 1) * sizeof(q)), *grad = malloc(depth * sizeof(q));
    q *ends = malloc(2 * comparisons * sizeof(q));
    q a = number(at), most = number(clip), pull = number(decay), beta = number(momentum);
    q nearest = 1e30Q, eta = number(sizes[0]);
    long found = -1, left = lengths[0];
    int piece = 0;
    for (int i = 0; i < depth; i++) w[i] = number(start[i]);
    for (int i = 0; i < 2 * comparisons; i++) ends[i] = number(numbers[i]);
    for (long t = 0; t <= limit; t++) {
        before[0] = 1;
        for (int i = 0; i < depth; i++) before[i + 1] = before[i] * w[i];
        q p = before[depth], g = slope(loss, a, p), after = 1, square = 0;
        for (int i = depth - 1; i >= 0; i--) {
            grad[i] = g * before[i] * after;
            square += grad[i] * grad[i];
            after *= w[i];
        }
        q quantities[4] = {p, value(loss, a, p), p * g, sqrtq(square)};
        if (!(fabsq(p) < 1e20Q)) { found = -2; break; }
        if (holds(atoms, ends, comparisons, quantities, &nearest)) { found = t; break; }
        while (piece + 1 < pieces && left == 0) {
            eta = number(sizes[++piece]);
            left = lengths[piece];
        }
        left--;
        q scale = most > 0 && square > most * most ? most / sqrtq(square) : 1;
        for (int i = 0; i < depth; i++) {
            v[i] = beta * v[i] - eta * (scale * grad[i] + pull * (w[i] - anchor));
            w[i] += v[i];
        }
    }
    *closest = (double)nearest;
    free(w); free(v); free(before); free(grad); free(ends);
    return found;
}
