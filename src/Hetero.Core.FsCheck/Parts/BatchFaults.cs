using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.FsCheck;

/// <summary>The checks of a batch.</summary>
internal sealed class BatchFaults<T>(Func<WorkerTeam?, Batch<T>> create, int steps, ulong seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FaultList _faults = new();
    private readonly List<T[]> _gradients = [];

    public IReadOnlyList<string> Find()
    {
        Batch<T> batch = null!;
        if (!_faults.Try("The function", () => batch = create(null)) || !_faults.Try("ComputeGradient", () => Follow(batch)) || _gradients.Count < steps)
        {
            return _faults.Sentences;
        }

        _faults.Try("ComputeGradient", () =>
        {
            Compare(create(null), Enumerable.Range(0, steps).Reverse(), "has other bits if the steps are asked for from the last to the first; it must follow from step and iterate alone");
            Compute(batch, 0, Point(steps));
            Compare(batch, [1], "of a step depends on the iterates that were asked for before");
            TeamRuns.ForEach(team => Compare(create(team), [0, steps - 1], FormattableString.Invariant($"has other bits on a team of {team.Degree} than on the calling thread")));
            CheckSum(batch);
            Measure(batch);
        });
        _faults.Describes(batch.Describe, description => create(null).Describe(description));
        return _faults.Sentences;
    }

    private T[] Point(int index)
    {
        if (_space.IsVector)
        {
            return Numbers.Gaussian<T>(seed, index, _space.Length, 0.5);
        }

        T[] factor = Numbers.Gaussian<T>(seed, index, 2 * _space.Dimension, 0.5), svec = new T[_space.Length];
        for (int i = 0; i < _space.Dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = Numbers.Dot<T>(factor.AsSpan(2 * i, 2), factor.AsSpan(2 * j, 2));
                svec[Svec.IndexOf(i, j)] = T.CreateTruncating(product * (i == j ? 1 : Math.Sqrt(2)));
            }
        }

        return svec;
    }

    private EstimateSpace _space;

    private static T[] Compute(Batch<T> batch, int step, T[] product, T before = default)
    {
        T[] gradient = Numbers.Filled(product.Length, before), population = batch.HasPopulationGradient ? new T[product.Length] : [];
        batch.ComputeGradient(new BatchStep<T> { Step = step, Product = product, Gradient = gradient, PopulationGradient = population });
        return [.. gradient, .. population];
    }

    private void Follow(Batch<T> batch)
    {
        _space = batch.Space;
        for (int step = 0; step < steps; step++)
        {
            T[] gradient = Compute(batch, step, Point(step));
            if (!_faults.Finite<T>(gradient, $"The gradient of step {step} is"))
            {
                return;
            }

            _gradients.Add(gradient);
        }
    }

    private void Compare(Batch<T> batch, IEnumerable<int> order, string sentence)
    {
        foreach (int step in order)
        {
            if (!_faults.SameBits<T>(_gradients[step], Compute(batch, step, Point(step)), $"The gradient {sentence}: in step {step}"))
            {
                return;
            }
        }
    }

    // Zeros are to be added to; the memory must not be read for anything else, nor be part of a product.
    private void CheckSum(Batch<T> batch)
    {
        int p = _space.Length;
        T[] added = Compute(batch, 0, Point(0), T.One), expected = Numbers.Along(_gradients[0][..p], 1, Numbers.Filled(p, T.One));
        double difference = Numbers.Distance<T>(added.AsSpan(0, p), expected), overwritten = Numbers.Distance<T>(added.AsSpan(0, p), _gradients[0].AsSpan(0, p));
        double tolerance = Numbers.Tolerance<T>() * Math.Sqrt(Numbers.Dot<T>(expected, expected));
        _faults.Require(
            Math.Min(difference, overwritten) <= tolerance, $"The gradient depends on what stood in its memory before: over ones it is {difference} from the one over zeros plus ones.");
    }

    private void Measure(Batch<T> batch)
    {
        T[] product = Point(0), gradient = new T[product.Length], population = batch.HasPopulationGradient ? new T[product.Length] : [];
        int step = steps;
        _faults.AllocatesNothing("ComputeGradient", 8, () =>
        {
            Array.Clear(gradient);
            batch.ComputeGradient(new BatchStep<T> { Step = step++, Product = product, Gradient = gradient, PopulationGradient = population });
        });
    }
}
