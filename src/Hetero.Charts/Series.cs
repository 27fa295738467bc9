namespace Hetero.Charts;

/// <summary>Something that is drawn inside a panel from data. NaN and ±∞ are missing values: they leave a gap.</summary>
internal abstract class Series
{
    protected Series(string? name, int slot)
    {
        Name = name is null ? null : Guard.Text(name, nameof(name));
        Slot = Guard.Slot(slot, nameof(slot));
    }

    /// <summary>The text of the legend; null for no entry.</summary>
    public string? Name { get; }

    /// <summary>Which colour of the palette (and which dash and marker) it takes.</summary>
    public int Slot { get; }
}
