namespace Hetero.Experiments.Fits;

/// <summary>Keeps the states of a fit's runs while it goes on, and brings them back.</summary>
/// <param name="Every">The number of steps from one time to the next, counted from step 0; 1 or more.</param>
/// <param name="Save">Keeps what is written into a stream under the name of a run, in the place of what was kept before.</param>
/// <param name="Open">Opens what is kept under a name, to start from it; null for none, and then the run starts anew.</param>
public sealed record FitSaving(int Every, Action<string, Action<Stream>> Save, Func<string, Stream?> Open);
