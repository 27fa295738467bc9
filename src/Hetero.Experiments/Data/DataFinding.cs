namespace Hetero.Experiments.Data;

/// <summary>What <see cref="DataCheck"/> found of one kind, in words.</summary>
/// <param name="Check">What was looked at, such as "duplicates".</param>
/// <param name="IsProblem">Whether it is against what training assumes, or against what data of several environments are for; else it is worth knowing.</param>
/// <param name="Text">What was found and what it means.</param>
/// <param name="Environments">The environments that it was found in, by their places in the manifest.</param>
public sealed record DataFinding(string Check, bool IsProblem, string Text, IReadOnlyList<int> Environments);
