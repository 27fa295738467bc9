namespace Hetero.Experiments.Data;

/// <summary>Where the measurements and responses of one environment are.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Measurements">The file of X_1, …, X_n, relative to the manifest; of an archive, its name, a colon and that of the array.</param>
/// <param name="Responses">The file of y_1, …, y_n; null where there are none, which is enough to predict them (<see cref="DataInputs{T}"/>).</param>
/// <param name="Probability">The probability π_e, or the weight of pooling; null, for all of them, means equal ones.</param>
public sealed record DataEnvironment(string Name, string Measurements, string? Responses, double? Probability = null);
