using Hetero.Core.Benchmarks.Rates;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>One row of the table.</summary>
/// <param name="Label">What is compared.</param>
/// <param name="Against">The other side's name.</param>
/// <param name="Ours">Our side.</param>
/// <param name="Theirs">The other side.</param>
/// <param name="Unit">What rates count; null shows times.</param>
/// <param name="Target">The least ratio that was aimed at; null for none.</param>
internal sealed record Comparison(string Label, string Against, IContender Ours, IContender Theirs, WorkUnit? Unit, double? Target);
