namespace Hetero.Experiments.Values;

/// <summary>The texts that stand for a value: how they are read, and the words for them that help and refusals share.</summary>
/// <param name="accepted">Which texts, such as "a whole number from 1 to 9".</param>
/// <param name="read">Reads a text; false for one that is not accepted.</param>
internal class ValueSyntax<T>(string accepted, ValueSyntax<T>.Reader read)
{
    /// <summary>Reads a text; false for one that is not accepted.</summary>
    public delegate bool Reader(string text, out T value);

    /// <summary>Which texts are accepted.</summary>
    public string Accepted => accepted;

    /// <summary>The words to choose from, where the help shows them as the value; null where it says what is accepted.</summary>
    public virtual string? HelpName => null;

    /// <inheritdoc cref="Reader"/>
    public bool TryRead(string text, out T value) => read(text, out value);
}
