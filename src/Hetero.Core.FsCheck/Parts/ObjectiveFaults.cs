using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.FsCheck;

/// <summary>The checks of an objective, on data of three environments of unequal probabilities and numbers of rows.</summary>
internal sealed class ObjectiveFaults<T>(Func<Objective<T>> create, ObjectiveValue<T> value, int dimension, ulong seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Points = 3, Directions = 4;
    private static readonly double[] Probabilities = [0.5, 0.3, 0.2];

    private readonly FaultList _faults = new();
    private MeasuredData<T> _data = null!;
    private Run _run = null!;

    public IReadOnlyList<string> Find()
    {
        int p = Svec.Length(dimension);
        _data = new MeasuredData<T>(
            dimension,
            [.. Probabilities.Select((_, e) => new EnvironmentSamples<T>(
                Numbers.Gaussian<T>(seed, e, (p + e) * p), Numbers.Gaussian<T>(seed, Probabilities.Length + e, p + e)))],
            probabilities: Probabilities);
        if (_faults.Try("The function", () => _run = new Run(_data, create()))
            && _faults.Try("Combine", CheckBits)
            && _faults.Try("Combine", CheckGradient))
        {
            T[] matrix = Point(0);
            _faults.AllocatesNothing("Combine, with a gradient of each of three environments,", 8, () => _run.Compute(matrix));
            _faults.Describes(_run.Objective.Describe, description => create().Describe(description));
        }

        return _faults.Sentences;
    }

    private T[] Point(int index) => Numbers.Gaussian<T>(seed, 10 + index, _data.SvecLength);

    private void CheckBits()
    {
        T[] first = _run.Compute(Point(0)).ToArray();
        if (_faults.Finite<T>(first, $"Combine writes what is"))
        {
            _run.Compute(Point(1));
            _faults.SameBits<T>(first, _run.Compute(Point(0)), $"Combine depends on what was asked for before");
            _faults.SameBits<T>(first, new Run(_data, create()).Compute(Point(0)), $"Combine of another objective of the same arguments has other bits");
        }
    }

    private void CheckGradient()
    {
        List<GradientLine> lines = [];
        for (int i = 0; i < Points; i++)
        {
            T[] matrix = Point(i), gradient = _run.Compute(matrix).ToArray();
            for (int k = 0; k < Directions; k++)
            {
                T[] line = Numbers.Gaussian<T>(seed, 100 + (Directions * i) + k, matrix.Length, 1 / Math.Sqrt(matrix.Length));
                lines.Add(new($"at matrix {i} along line {k}", h => Value(Numbers.Along(matrix, h, line)), Numbers.Dot<T>(gradient, line)));
            }
        }

        GradientLine.Check<T>(lines, 1, "Combine's gradient of the value", _faults);
    }

    private double Value(T[] matrix)
    {
        _run.Compute(matrix);
        double[] risks = [.. Enumerable.Range(0, Probabilities.Length).Select(e => _data.Risk(e, matrix))];
        return value(risks, _run.Gradients);
    }

    /// <summary>Shows an objective the gradients at a matrix, and keeps hold of them.</summary>
    private sealed class Run : Objective<T>
    {
        private readonly FullBatch<T> _batch;
        private readonly T[] _gradient;

        public Run(MeasuredData<T> data, Objective<T> objective)
        {
            Objective = objective;
            _batch = new(data, new TrainingOptions { Seed = 1, Samples = TrainingOptions.AllRows }, this);
            _gradient = new T[data.SvecLength];
        }

        public Objective<T> Objective { get; }

        public override ObjectiveNeeds Needs => Objective.Needs;

        public EnvironmentGradients<T> Gradients { get; private set; } = null!;

        public T[] Compute(T[] matrix)
        {
            Array.Clear(_gradient);
            _batch.ComputeGradient(new BatchStep<T> { Step = 0, Product = matrix, Gradient = _gradient });
            return _gradient;
        }

        public override void Combine(EnvironmentGradients<T> environments, Span<T> gradient, CancellationToken cancellation)
        {
            Gradients = environments;
            Objective.Combine(environments, gradient, cancellation);
        }

        public override void Describe(PartDescription description) => Objective.Describe(description);
    }
}
