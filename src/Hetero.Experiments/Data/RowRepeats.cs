using System.Numerics;
using System.Runtime.InteropServices;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Data;

/// <summary>Measurements that stand in a data set more than once, bit for bit: found by their hashes, and then compared.</summary>
internal sealed class RowRepeats
{
    // Rows whose hashes are kept at a time: 256 MiB. Of more rows, each pass over the data takes its share of the hashes.
    private const int MostRows = 1 << 24;

    // Responses that are kept of one measurement: beyond, those that follow are not said to be others.
    private const int MostResponses = 1 << 18;

    /// <summary>Gets those of an earlier row of the same environment.</summary>
    public Found Within { get; } = new();

    /// <summary>Gets those of a row of an earlier environment.</summary>
    public Found Between { get; } = new();

    /// <summary>
    /// Looks at all rows. Takes 16 bytes of memory for each of 2²⁴ at most, and passes over more rows several times, three quarters as many at a time, since hashes do not share out
    /// evenly. Copies of one row have one hash and stay together: data with more than 2²⁴ of one row take 16 bytes for each of them.
    /// </summary>
    public static RowRepeats In<T>(DataSet<T> data, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => In(data, MostRows, cancellation);

    /// <summary>The same with another number of rows at a time.</summary>
    internal static RowRepeats In<T>(DataSet<T> data, int most, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long total = data.Environments.Sum(environment => (long)environment.Responses.Length);
        long share = Math.Max(1, most - (most / 4));
        ulong passes = total <= most ? 1 : (ulong)((total + share - 1) / share);
        RowRepeats repeats = new();
        List<(ulong Hash, int Environment, int Row)> kept = new((int)Math.Min(total, most));
        for (ulong pass = 0; pass < passes; pass++)
        {
            kept.Clear();
            for (int e = 0; e < data.Environments.Count; e++)
            {
                DataRows<T> rows = new(data, e);
                for (int i = 0; i < rows.Count; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    ulong hash = HashOf(rows.Row(i));
                    if (hash % passes == pass)
                    {
                        kept.Add((hash, e, i));
                    }
                }
            }

            // Rows of one hash together, in the order of the data.
            kept.Sort();
            for (int first = 0, end; first < kept.Count; first = end)
            {
                for (end = first + 1; end < kept.Count && kept[end].Hash == kept[first].Hash; end++)
                {
                }

                repeats.AddGroup(data, CollectionsMarshal.AsSpan(kept)[first..end]);
            }
        }

        return repeats;
    }

    /// <summary>A hash of the bits: only its collisions cost time, and nothing depends on it.</summary>
    private static ulong HashOf<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ulong hash = 0;
        foreach (uint word in MemoryMarshal.Cast<T, uint>(row))
        {
            hash = BitOperations.RotateLeft(hash ^ word, 29) * 0x9E37_79B9_7F4A_7C15;
        }

        return hash;
    }

    /// <summary>Takes rows of one hash, in their order: as a rule one row and its repeats.</summary>
    private void AddGroup<T>(DataSet<T> data, ReadOnlySpan<(ulong Hash, int Environment, int Row)> group)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (group.Length == 1)
        {
            return;
        }

        List<Seen<T>> seen = [];
        foreach ((_, int environment, int row) in group)
        {
            ReadOnlySpan<T> numbers = new DataRows<T>(data, environment).Row(row);
            Seen<T>? same = null;
            foreach (Seen<T> other in seen)
            {
                same = new DataRows<T>(data, other.Environment).Row(other.Row).SequenceEqual(numbers) ? other : same;
            }

            if (same is null)
            {
                seen.Add(same = new Seen<T>(environment, row));
            }

            T response = data.Environments[environment].Responses.Span[row];
            string Name(int e, int at) => $"row {Texts.Of(at)} of '{Shown.Of(data.Manifest.Environments[e].Name, 60)}'";
            string text = $"{Name(environment, row)}, which is {Name(same.Environment, same.Row)}";
            if (same.Own is { } own && own.Environment == environment)
            {
                Within.Add(environment, row, IsAnother(own.Responses, response), text);
                Keep(own.Responses, response);
            }
            else
            {
                same.MoveTo(environment, response);
            }

            if (environment != same.Environment)
            {
                Between.Add(environment, row, IsAnother(same.Earlier, response), text);
            }
        }
    }

    private static bool IsAnother<T>(HashSet<T> responses, T response) => responses.Count < MostResponses && !responses.Contains(response);

    private static void Keep<T>(HashSet<T> responses, T response)
    {
        if (responses.Count < MostResponses)
        {
            responses.Add(response);
        }
    }

    /// <summary>Repeats of one kind.</summary>
    public sealed class Found
    {
        private readonly SortedSet<int> _environments = [];
        private (int Environment, int Row) _first = (int.MaxValue, 0);

        /// <summary>Gets how many rows repeat an earlier one.</summary>
        public long Count { get; private set; }

        /// <summary>Gets how many of them have another response.</summary>
        public long DifferentResponses { get; private set; }

        /// <summary>Gets the first of them in the order of the data, in words.</summary>
        public string First { get; private set; } = "";

        /// <summary>Gets the environments that have some.</summary>
        public IReadOnlyList<int> Environments => [.. _environments];

        /// <summary>Adds one.</summary>
        public void Add(int environment, int row, bool isDifferent, string text)
        {
            Count++;
            DifferentResponses += isDifferent ? 1 : 0;
            _environments.Add(environment);
            if ((environment, row).CompareTo(_first) < 0)
            {
                (_first, First) = ((environment, row), text);
            }
        }
    }

    /// <summary>A measurement that was met, and the responses that stood beside it.</summary>
    private sealed class Seen<T>(int environment, int row)
    {
        /// <summary>Gets the environment that it was met in first.</summary>
        public int Environment => environment;

        /// <summary>Gets its place there.</summary>
        public int Row => row;

        /// <summary>Gets the responses in the environment that was met last.</summary>
        public (int Environment, HashSet<T> Responses)? Own { get; private set; }

        /// <summary>Gets the responses in those before it.</summary>
        public HashSet<T> Earlier { get; } = [];

        /// <summary>Goes on to another environment.</summary>
        public void MoveTo(int next, T response)
        {
            if (Own is { } left)
            {
                foreach (T earlier in left.Responses)
                {
                    Keep(Earlier, earlier);
                }
            }

            Own = (next, [response]);
        }
    }
}
