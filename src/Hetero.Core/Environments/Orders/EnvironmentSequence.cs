using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Environments;

/// <summary>
/// The environments e_0, e_1, … of a run. e_t is a pure function of the distribution, the order, the seed and t, whatever was asked for before:
/// a run that was saved at step t goes on with the same environments.
/// </summary>
/// <remarks>
/// <para>Independent: drawn from the stream (seed, <see cref="StreamPurpose.Environments"/>, t). Blocks of K: drawn from that of the block's
/// first step, t − t mod K.
/// Distinct blocks of K, N of them: the last N places of a list after N steps of Fisher and Yates from the stream (seed, Environments,
/// ⌊t/KN⌋, substream 2), the last one first. Cyclic: index t mod n. Shuffled: index π(t mod n), with π the permutation of epoch ⌊t/n⌋ by Fisher and Yates
/// from the stream (seed, Environments, ⌊t/n⌋, substream 1).</para>
/// <para>Cyclic and shuffled orders and distinct blocks meet every environment equally often, so they need a finite list whose probabilities are equal; others
/// are refused. Drawing allocates nothing. An order that is shuffled or of distinct blocks is not thread-safe, as it keeps the
/// permutation of the last epoch that was asked for; a call while another one is going on is refused.</para>
/// </remarks>
public sealed class EnvironmentSequence
{
    private const int PermutationSubstream = 1;
    private const int DistinctSubstream = 2;

    private readonly EnvironmentDistribution _distribution;
    private readonly ulong _seed;
    private readonly int[] _permutation;
    private int _epoch = -1;
    private ExclusiveUse _use;

    /// <summary>Names the sequence.</summary>
    /// <param name="distribution">The distribution D over environments.</param>
    /// <param name="order">The order.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">A cyclic or shuffled order, or distinct blocks, are asked of a continuous distribution, of unequal probabilities, or of
    /// more environments than can be shuffled, or of fewer than are to differ, <see cref="EnvironmentOrder.Refuse"/> says which; or a size of the distribution is none.</exception>
    public EnvironmentSequence(EnvironmentDistribution distribution, EnvironmentOrder order, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        EnvironmentCheck.Sizes(distribution, nameof(distribution));
        Check(distribution, order, nameof(order));
        _distribution = distribution;
        _seed = seed;
        Order = order;
        _permutation = order.Kind == EnvironmentOrderKind.Shuffled || order.Distinct > 1 ? new int[distribution.Count!.Value] : [];
    }

    /// <summary>Gets the order.</summary>
    public EnvironmentOrder Order { get; }

    /// <summary>Refuses an order that does not fit a distribution, by the name that the caller knows it by.</summary>
    internal static void Check(EnvironmentDistribution distribution, EnvironmentOrder order, string name)
    {
        ArgumentNullException.ThrowIfNull(order, name);
        if (order.Refuse(distribution) is { } refusal)
        {
            throw new ArgumentException($"'{name}' is {order}; accepted is {refusal}.", name);
        }
    }

    /// <summary>Writes the environment of a step.</summary>
    /// <param name="step">The step t, 0 or more.</param>
    /// <param name="sigma">Receives Σ^(e_t), r2² numbers, row after row.</param>
    /// <param name="label">Receives the label, as <see cref="EnvironmentDistribution.Draw"/> writes it.</param>
    /// <returns>The index of the environment of a finite distribution, else −1.</returns>
    /// <exception cref="ArgumentException">The step is negative, a length does not fit, or memory is shared.</exception>
    /// <exception cref="InvalidOperationException">The order is shuffled or of distinct blocks, and another call is going on; or a law of one's own drew an index that it has not.</exception>
    public int Get(int step, Span<double> sigma, Span<double> label)
    {
        Guard.AtLeast(step, 0);
        _distribution.CheckMatrix(sigma);
        Guard.Length(label.Length, _distribution.LabelLength, nameof(label));
        Guard.NoOverlap<double>(sigma, label, nameof(sigma), nameof(label));
        switch (Order.Kind)
        {
            case EnvironmentOrderKind.Cyclic:
                return Copy(step % _distribution.Count!.Value, sigma, label);
            case EnvironmentOrderKind.Shuffled:
                return Copy(Shuffled(step), sigma, label);
            case EnvironmentOrderKind.Blocks when Order.Distinct > 1:
                return Copy(Different(step / Order.BlockLength), sigma, label);
            default:
                int index = _distribution.Draw(
                    new RandomStream(_seed, StreamPurpose.Environments, step - (step % Order.BlockLength)), sigma, label);
                EnvironmentCheck.Drawn(_distribution, _distribution.Count, index);
                return index;
        }
    }

    private int Copy(int index, Span<double> sigma, Span<double> label)
    {
        _distribution.CopyMatrix(index, sigma);
        _distribution.CopyLabel(index, label);
        return index;
    }

    private int Shuffled(int step)
    {
        using ExclusiveUse.Scope use = Enter();
        (int epoch, int place) = Math.DivRem(step, _permutation.Length);
        Permute(epoch);
        return _permutation[place];
    }

    /// <summary>The environment of a block, of which every N have different ones.</summary>
    private int Different(int block)
    {
        using ExclusiveUse.Scope use = Enter();
        (int epoch, int place) = Math.DivRem(block, Order.Distinct);
        if (epoch != _epoch)
        {
            Permutation.FillEnd(_permutation, Order.Distinct, new RandomStream(_seed, StreamPurpose.Environments, epoch, DistinctSubstream));
            _epoch = epoch;
        }

        return _permutation[^(place + 1)];
    }

    private void Permute(int epoch)
    {
        if (epoch != _epoch)
        {
            Permutation.Fill(_permutation, new RandomStream(_seed, StreamPurpose.Environments, epoch, PermutationSubstream));
            _epoch = epoch;
        }
    }

    private ExclusiveUse.Scope Enter() => _use.Enter("The sequence of environments is already in use; give each thread a sequence of its own.");
}
