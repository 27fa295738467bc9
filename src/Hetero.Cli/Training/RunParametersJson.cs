using System.Text.Json;
using Hetero.Core.Environments;
using Hetero.Core.Problems;

namespace Hetero.Cli.Training;

/// <summary>Writes the settings of a run into a manifest, all of them, under the names of the command's options.</summary>
internal static class RunParametersJson
{
    public static void Write(Utf8JsonWriter json, RunSettings settings)
    {
        json.WriteString("algorithm", RunChoices.Algorithms.NameOf(settings.Algorithm));
        json.WriteString("measurements", RunChoices.Measurements.NameOf(settings.Measurements));
        json.WriteNumber("dimension", settings.Dimension);
        json.WriteNumber("invariant-rank", settings.InvariantRank);
        json.WriteNumber("spurious-rank", settings.SpuriousRank);
        WriteLaw(json, settings);
        json.WriteBoolean("orthogonal", settings.Layout == SubspaceLayout.Orthogonal);
        if (settings.Layout == SubspaceLayout.PrescribedOverlap)
        {
            json.WriteNumber("overlap", settings.Overlap);
        }
        else
        {
            json.WriteNull("overlap");
        }

        json.WriteStartArray("eigenvalues");
        for (int i = 0; i < settings.InvariantRank; i++)
        {
            json.WriteNumberValue(settings.Eigenvalues.Count == 0 ? 1.0 : settings.Eigenvalues[i]);
        }

        json.WriteEndArray();
        json.WriteNumber("step-size", settings.StepSize);
        json.WriteNumber("gradient-scale", settings.GradientScale);
        json.WriteNumber("init-scale", settings.InitialScale);
        json.WriteString("start", RunChoices.Starts.NameOf(settings.ResolvedStart));
        json.WriteNumber("factor-columns", settings.Columns);
        json.WriteNumber("samples", settings.Samples);
        json.WriteNumber("steps", settings.Steps);
        json.WriteNumber("every", settings.Every);
        json.WriteString("pooled-sampling", RunChoices.PooledSamplings.NameOf(settings.PooledSampling));
        json.WriteString("environment-order", RunChoices.EnvironmentOrders.NameOf(settings.EnvironmentOrder.Kind));
        if (settings.EnvironmentOrder.Kind == EnvironmentOrderKind.Blocks)
        {
            json.WriteNumber("block-length", settings.EnvironmentOrder.BlockLength);
        }
        else
        {
            json.WriteNull("block-length");
        }

        json.WriteNumber("pooled-share", settings.PooledShare);
        json.WriteNumber("noise", settings.Noise);
        json.WriteString("precision", RunChoices.Precisions.NameOf(settings.Precision));
        json.WriteNumber("threads", settings.Threads);
        json.WriteNumber("seed", settings.Seed);
        json.WriteNumber("memory", settings.Memory);
    }

    /// <summary>Writes the law of the environments. A list itself goes into the manifest: the file that it came from may change.</summary>
    public static void WriteLaw(Utf8JsonWriter json, RunSettings settings)
    {
        json.WriteNumber("spurious-mean", settings.SpuriousMean);
        json.WriteNumber("spread", settings.Spread);
        json.WriteString("environments", settings.EnvironmentsText);
        json.WriteBoolean("own-draws", settings.OwnDraws);
        json.WriteNumber("off-diagonal", settings.OffDiagonal);
        if (settings.EnvironmentList is not { } list)
        {
            return;
        }

        double[] sigma = new double[list.Rank * list.Rank];
        json.WriteStartArray("environment-list");
        for (int e = 0; e < list.Count; e++)
        {
            list.CopyMatrix(e, sigma);
            json.WriteStartObject();
            json.WriteNumber("probability", list.GetProbability(e));
            json.WriteStartArray("sigma");
            for (int i = 0; i < list.Rank; i++)
            {
                json.WriteStartArray();
                for (int j = 0; j < list.Rank; j++)
                {
                    json.WriteNumberValue(sigma[(i * list.Rank) + j]);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
