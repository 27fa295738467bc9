using System.Diagnostics.CodeAnalysis;

namespace Hetero.Core.Numerics;

/// <summary>
/// Guards memory that serves one call at a time: a second call that comes before the first has ended, from another thread or from inside of it, is
/// refused, where it would mix two calls' numbers.
/// </summary>
/// <remarks>Entering costs one interlocked operation and allocates nothing. A field that is not readonly, used in place. Thread-safe.</remarks>
internal struct ExclusiveUse
{
    private int _entered;

    /// <summary>Enters until the scope is disposed of.</summary>
    /// <param name="refusal">What to say to a second call: what is in use already, and what to do.</param>
    /// <exception cref="InvalidOperationException">A call is going on.</exception>
    [UnscopedRef]
    public Scope Enter(string refusal)
    {
        if (Interlocked.CompareExchange(ref _entered, 1, 0) != 0)
        {
            Refuse(refusal);
        }

        return new Scope(ref _entered);
    }

    [DoesNotReturn]
    private static void Refuse(string refusal) => throw new InvalidOperationException(refusal);

    /// <summary>The time of one call.</summary>
    public readonly ref struct Scope(ref int entered)
    {
        private readonly ref int _entered = ref entered;

        /// <summary>Leaves.</summary>
        public void Dispose() => Volatile.Write(ref _entered, 0);
    }
}
