using System.Collections;

namespace Hetero.Core.Numerics;

/// <summary>A list of its own that equals another with equal entries, so that records with lists have value equality. Immutable and thread-safe.</summary>
internal sealed class ValueList<T>(IEnumerable<T> entries) : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[] _entries = [.. entries ?? throw new ArgumentNullException(nameof(entries))];

    public static ValueList<T> Empty { get; } = new([]);

    public int Count => _entries.Length;

    public T this[int index] => _entries[index];

    public ReadOnlySpan<T> AsSpan() => _entries;

    public bool Equals(ValueList<T>? other) => other is not null && _entries.AsSpan().SequenceEqual(other._entries);

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (T entry in _entries)
        {
            hash.Add(entry);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
