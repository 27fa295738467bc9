using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>What a saved state says of the run that it belongs to, put together from what the parts say of themselves.</summary>
internal static class RunDescription
{
    /// <summary>Describes a run.</summary>
    /// <exception cref="InvalidOperationException">The parts say more than a saved state can hold; the message names the one that says most.</exception>
    public static PartDescription Of<T>(string algorithm, Model<T> model, TrainingOptions options, UpdateRule<T> rule, Batch<T> batch, FederatedRounds? rounds)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PartDescription description = new();
        description.Add("algorithm", algorithm);
        description.Add("precision", typeof(T).Name);
        description.Add("dimension", model.Dimension);
        description.Add(nameof(options.Seed), options.Seed);
        (string Part, int Entries)[] added =
        [
            Adding(model.GetType().Name, model.Describe),
            Adding("options", AddOptions),
            Adding(rule.GetType().Name, rule.Describe),
            Adding(nameof(FederatedRounds), target => rounds?.Describe(target)),
            Adding(batch.GetType().Name, batch.Describe),
        ];
        int length = description.ByteCount;
        if (length > Checkpoint.MaxDescription)
        {
            (string part, int entries) = added.MaxBy(item => item.Entries);
            throw new InvalidOperationException(
                $"The run describes itself with {length} bytes, '{part}' with {entries} entries of it; "
                + $"accepted is at most {Checkpoint.MaxDescription} bytes: many numbers fit into one entry, as a hash.");
        }

        return description;

        (string Part, int Entries) Adding(string part, Action<PartDescription> describe)
        {
            int before = description.Count;
            describe(description);
            return (part, description.Count - before);
        }

        void AddOptions(PartDescription target)
        {
            target.Add(nameof(options.GradientScale), options.GradientScale);
            options.StepSize.Describe(nameof(options.StepSize), target);
        }
    }
}
