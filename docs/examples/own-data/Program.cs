using Hetero.Core.Sensing;
using Hetero.Core.Training;

const int Dimension = 20, Rows = 500;

// y = ⟨X, A* + A^(e)⟩: what both environments have in common is A* = uuᵀ, and s·vvᵀ is spurious, with s = 3 in the one and −1 in the other.
(double[] u, double[] v) = (Unit(1), Unit(2));
double[] truth = Outer(u, u);
(double[] x1, double[] y1) = Measure(spurious: 3, seed: 3);
(double[] x2, double[] y2) = Measure(spurious: -1, seed: 4);

// Five lines from arrays to an estimate.
MeasuredData<double> data = new(20, [new(x1, y1), new(x2, y2)], MeasurementLayout.Square);
HeteroSgd<double> trainer = new(data, new TrainingOptions { Seed = 1, Samples = 100, FactorColumns = 3, StepSize = StepSizeSchedule.Constant(0.2) });
trainer.Run(60);
double[] estimate = new double[20 * 20];
trainer.CopyEstimate(new(estimate, 20, 20));

// The same with all rows pooled, which fits A* + E[A^(e)] = uuᵀ + vvᵀ.
PooledGd<double> pooling = new(data, new TrainingOptions { Seed = 1, Samples = TrainingOptions.AllRows, FactorColumns = 3, StepSize = StepSizeSchedule.Constant(0.2) });
pooling.Run(60);
double[] pooled = new double[20 * 20];
pooling.CopyEstimate(new(pooled, 20, 20));

(double error, double pooledError) = (Distance(estimate, truth), Distance(pooled, truth));
Console.WriteLine($"‖M − A*‖_F, with ‖A*‖_F = 1: {error:F3} by {trainer.Algorithm}, {pooledError:F3} by {pooling.Algorithm}");
return error < 0.4 && pooledError > 0.9 ? 0 : 1;

double[] Unit(int seed)
{
    Random random = new(seed);
    double[] entries = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextDouble() - 0.5)];
    double norm = Math.Sqrt(entries.Sum(entry => entry * entry));
    return [.. entries.Select(entry => entry / norm)];
}

double[] Outer(double[] a, double[] b) => [.. a.SelectMany(_ => b, (left, right) => left * right)];

double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (left, right) => (left - right) * (left - right)).Sum());

// Entries of variance 1 at all places: ⟨X, M⟩ sees the symmetric part of X, with variance 1 on the diagonal and ½ elsewhere.
(double[] X, double[] Y) Measure(double spurious, int seed)
{
    Random random = new(seed);
    double[] target = [.. Outer(u, u).Zip(Outer(v, v), (common, own) => common + (spurious * own))];
    double[] x = [.. Enumerable.Range(0, Rows * target.Length).Select(_ => Math.Sqrt(12) * (random.NextDouble() - 0.5))];
    return (x, [.. x.Chunk(target.Length).Select(matrix => matrix.Zip(target, (entry, weight) => entry * weight).Sum())]);
}
