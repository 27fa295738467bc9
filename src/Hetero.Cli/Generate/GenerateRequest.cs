using Hetero.Core.Sensing;
using Hetero.Experiments.Recipes;

namespace Hetero.Cli.Generate;

/// <summary>One call of hetero generate.</summary>
/// <param name="Recipe">What to make.</param>
/// <param name="Environments">How many environments to draw from the law; null for each of a finite law's once.</param>
/// <param name="Layout">How a measurement stands in its array.</param>
/// <param name="Directory">Where the files go.</param>
/// <param name="Threads">How many threads make rows.</param>
/// <param name="IsResumed">Whether files of the same data set that are there stay.</param>
internal sealed record GenerateRequest(RunRecipe Recipe, int? Environments, MeasurementLayout Layout, string Directory, int Threads, bool IsResumed);
