namespace Hetero.Experiments.Arrays;

/// <summary>The dictionary of a <c>.npy</c> header, not yet judged.</summary>
internal sealed record NpyDictionary(string Descr, bool IsFortranOrder, IReadOnlyList<long> Shape);
