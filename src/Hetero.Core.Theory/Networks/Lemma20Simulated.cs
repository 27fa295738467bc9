using Hetero.Core.Random;

namespace Hetero.Core.Theory.Networks;

/// <summary>
/// The law behind Lemma 20, simulated: the mean of ⟨X, A⟩X·1{⟨X, A⟩ ≤ R} is off by 3·P(χ²₅ &gt; R) along A and P(χ²₃ &gt; R) across, and with R =
/// 4·log(1/δ)
/// the mean square of the error over m samples is V/m and the
/// square of that bias: it falls as 1/m, down to the bias.
/// </summary>
/// <remarks>
/// Means over n samples of numbers that are bounded, or times a χ²₁: by Bernstein's inequality 7.5 standard deviations are exceeded with probability
/// below 10⁻⁹ for each of six. At R = 4·log(1/δ) the noise of such means is above the
/// bias, which is seen in draws from the tail alone. The mean squares over at least 100 batches, each a sum of squares of nearly normal
/// numbers, are off by a factor of 2 with probability below 10⁻⁸ by Chernoff's bound for χ²₂₀₀.
/// </remarks>
public sealed class Lemma20Simulated : TheoryCheck
{
    private const int Dimension = 6;
    private const int SmallBatch = 500;
    private const int Batches = 3200;
    private const double Delta = 0.01;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L20-simulated",
        Statement = "rank-one A: the bias is 3·P(χ²₅ > R) along A and P(χ²₃ > R) across; with R = 4·log(1/δ) the mean square error is V/m + bias²",
        Equations = "(121), (122)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 4e-8,
        Remark = "At δ = 0.01, d = 6, m = 500, 2000 and 8000; V ~ d² is closed form, so the error falls as √(d²/m) in the Frobenius norm, √(d/m) in the operator norm.",
        ControlStatement = "the same with P(χ²₃ > R) in the place of P(χ²₅ > R), and no bias at R = log(1/δ)",
        DefaultTrials = 1,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, isControl: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, isControl: true);

    private static CheckResult Check(TheoryInstance instance, bool isControl)
    {
        double printed = Math.Log(1 / Delta), enough = (isControl ? 1 : 4) * printed;
        Sums low = new(), high = new();
        List<Inequality> claims = [];
        double[][] squares = [new double[Batches], new double[Batches / 4], new double[Batches / 16]];
        double[] merged = new double[2 * Dimension * Dimension], batch = new double[Dimension * Dimension], inputs = new double[SmallBatch * Dimension];
        RandomStream stream = instance.Stream(0);
        for (int b = 0; b < Batches; b++)
        {
            stream.FillGaussian((long)b * inputs.Length, inputs);
            Array.Clear(batch);
            for (int i = 0; i < SmallBatch; i++)
            {
                ReadOnlySpan<double> x = inputs.AsSpan(i * Dimension, Dimension);
                double z = x[0] * x[0];
                low.Add(z, x[1], printed);
                high.Add(z, x[1], enough);
                if (z <= enough)
                {
                    AddOuter(z / SmallBatch, x, batch);
                }
            }

            squares[0][b] = SquaredError(batch, 1);
            Merge(batch, merged.AsSpan(0, batch.Length));
            if (b % 4 == 3)
            {
                squares[1][b / 4] = SquaredError(merged.AsSpan(0, batch.Length), 4);
                Merge(merged.AsSpan(0, batch.Length), merged.AsSpan(batch.Length));
                merged.AsSpan(0, batch.Length).Clear();
            }

            if (b % 16 == 15)
            {
                squares[2][b / 16] = SquaredError(merged.AsSpan(batch.Length), 16);
                merged.AsSpan(batch.Length).Clear();
            }
        }

        low.Claim("R = log(1/δ)", printed, isControl, claims);
        high.Claim("R = 4·log(1/δ)", enough, isControl, claims);
        string tail = ClaimTail(instance.Stream(1), isControl, claims);
        double bias = isControl ? 0 : TruncatedRankOne.SquaredBias(Dimension, enough);
        for (int size = 0; size < squares.Length; size++)
        {
            int samples = SmallBatch << (2 * size);
            double law = (TruncatedRankOne.Variance(Dimension, enough) / samples) + bias, mean = squares[size].Average();
            claims.Add(Inequality.AtMost($"m = {samples}: mean square error over V/m + bias² ≤ 2", mean / law, 2));
            claims.Add(Inequality.AtLeast($"m = {samples}: mean square error over V/m + bias² ≥ 1/2", mean / law, 0.5));
        }

        return CheckResult.Judge(Facts.Id, [], claims) with
        {
            Note = FormattableString.Invariant(
                $"{Batches * SmallBatch} samples; R = {printed:G4}: bias {TruncatedRankOne.BiasAlong(printed):G4}, measured {3 - low.Along:G4}; ")
                + FormattableString.Invariant($"R = {enough:G4}: {TruncatedRankOne.BiasAlong(enough):G3}, measured {3 - high.Along:G3}, {tail}."),
        };
    }

    /// <summary>
    /// The biases at R = 4·log(1/δ), which are far below the noise of means: E[z^k·1{z > R}] with z = R + 2e of an exponential e, at which the
    /// density of χ²₁ over that of z is 2e^(−R/2)/√(2πz).
    /// </summary>
    private static string ClaimTail(RandomStream stream, bool isControl, List<Inequality> claims)
    {
        const int Draws = 100_000;
        double level = 4 * Math.Log(1 / Delta);
        double[] uniform = new double[Draws], along = new double[Draws], across = new double[Draws];
        stream.FillUniform(0, uniform);
        for (int i = 0; i < Draws; i++)
        {
            double z = level - (2 * Math.Log(1 - uniform[i]));
            across[i] = z * 2 * Math.Exp(-level / 2) / Math.Sqrt(2 * Math.PI * z);
            along[i] = z * across[i];
        }

        Claim("along A − 3·P(χ²₅ > R)", along, isControl ? 3 * TruncatedRankOne.BiasAcross(level) : TruncatedRankOne.BiasAlong(level));
        Claim("across − P(χ²₃ > R)", across, isControl ? TruncatedRankOne.BiasAlong(level) / 3 : TruncatedRankOne.BiasAcross(level));
        return FormattableString.Invariant($"in the tail {along.Average():G4}");

        void Claim(string name, double[] values, double bias)
        {
            double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) / Draws);
            claims.Add(Inequality.AtMost($"R = 4·log(1/δ): |bias {name}|, from the tail alone", Math.Abs(mean - bias), 7.5 * deviation));
        }
    }

    private static void AddOuter(double weight, ReadOnlySpan<double> x, double[] sum)
    {
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j < Dimension; j++)
            {
                sum[(i * Dimension) + j] += weight * x[i] * x[j];
            }
        }
    }

    private static void Merge(ReadOnlySpan<double> from, Span<double> to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += from[i];
        }
    }

    /// <summary>‖S/n − 2A − tr(A)·I‖_F² with A = e₁e₁ᵀ.</summary>
    private static double SquaredError(ReadOnlySpan<double> sum, int count)
    {
        double square = 0;
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j < Dimension; j++)
            {
                double target = i != j ? 0 : i == 0 ? 3 : 1;
                double error = (sum[(i * Dimension) + j] / count) - target;
                square += error * error;
            }
        }

        return square;
    }

    /// <summary>Sums of the truncated coefficients times x₁² and x₂².</summary>
    private sealed class Sums
    {
        private double _along;
        private double _across;
        private long _count;

        public double Along => _along / _count;

        public void Add(double z, double other, double level)
        {
            _count++;
            if (z <= level)
            {
                _along += z * z;
                _across += z * other * other;
            }
        }

        public void Claim(string name, double level, bool isControl, List<Inequality> claims)
        {
            double along = isControl ? 3 * TruncatedRankOne.BiasAcross(level) : TruncatedRankOne.BiasAlong(level), across = TruncatedRankOne.BiasAcross(level);
            double alongDeviation = Math.Sqrt(TruncatedRankOne.Moment(4, level) / _count), acrossDeviation = Math.Sqrt(3 * TruncatedRankOne.Moment(2, level) / _count);
            claims.Add(Inequality.AtMost($"{name}: |bias along A − 3·P(χ²₅ > R)|", Math.Abs(3 - Along - along), 7.5 * alongDeviation));
            claims.Add(Inequality.AtMost($"{name}: |bias across − P(χ²₃ > R)|", Math.Abs(1 - (_across / _count) - across), 7.5 * acrossDeviation));
        }
    }
}
