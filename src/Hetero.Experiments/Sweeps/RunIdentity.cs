using System.Security.Cryptography;
using System.Text.Json;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>What the row of a run depends on, but for its seed, as bytes: runs of one cell share it.</summary>
internal sealed class RunIdentity
{
    // Neither how a run is worked on nor what a file is called changes a number of it.
    private static readonly RunOption[] Options = [.. RunOptions.All.Where(option => option.Name is not ("threads" or "memory" or "seed"))];

    // Raised when something else is kept of a run, or made otherwise: older rows are then those of other runs.
    private const int RowVersion = 1;

    private readonly byte[] _common;

    /// <summary>Takes what all seeds of a recipe have in common.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="averageFrom">The share of the steps that time averages leave out.</param>
    public RunIdentity(RunRecipe recipe, double averageFrom)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            RecipeJson.Write(json, recipe.Resolve() with { EnvironmentFile = null }, Options);
            json.WriteNumber("average-from", averageFrom);
            json.WriteNumber("rowVersion", RowVersion);
            json.WriteNumber("streamVersion", RandomStream.Version);
            json.WriteNumber("arithmeticVersion", Arithmetic.Version);
            json.WriteEndObject();
        }

        _common = stream.ToArray();
    }

    /// <summary>The identity of a run.</summary>
    public string Of(ulong seed)
    {
        byte[] all = [.. _common, .. System.Text.Encoding.UTF8.GetBytes(Texts.Of(seed))];
        return Convert.ToHexStringLower(SHA256.HashData(all).AsSpan(0, 8));
    }
}
