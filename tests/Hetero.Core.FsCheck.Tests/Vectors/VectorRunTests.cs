using FsCheck.Xunit;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Vectors;

/// <summary>Runs of vectors with every noise: the numbers of plain loops, and the same bits saved at any step and on any team. Identities for every seed, so a failure on any is a fault.</summary>
[DailySeed(300, Arbitrary = [typeof(VectorArbitraries)])]
public class VectorRunTests
{
    [Property]
    public void Steps_are_those_of_plain_loops(VectorCase given)
    {
        Trainer<double> trainer = given.Create();
        Assert.Equal(TrainingStatus.Completed, trainer.Run(given.Steps).Status);
        double[] expected = PlainVectorRun.Of(given), found = trainer.Parameters.ToArray();
        double size = expected.Max(Math.Abs), distance = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max();
        Assert.InRange(distance, 0, 1e-12 * size);
        Assert.Equal(given.Dimension, trainer.Estimate.Length);
    }

    [Property]
    public void A_run_saved_at_any_step_goes_on_with_the_same_bits(VectorCase given)
    {
        Trainer<double> whole = given.Create(), first = given.Create();
        whole.Run(given.Steps);
        for (int step = 0; step < given.Steps; step++)
        {
            using MemoryStream stream = new();
            first.Save(stream);
            stream.Position = 0;
            Trainer<double> second = given.Create();
            second.Restore(stream);
            second.Run(given.Steps - step);
            Assert.Equal(whole.Parameters.ToArray(), second.Parameters.ToArray());
            first.Run(1);
        }
    }

    [Property]
    public void The_bits_are_the_same_on_any_team(VectorCase given)
    {
        using WorkerTeam team = new(3);
        Trainer<double> alone = given.Create(), together = given.Create(team);
        alone.Run(given.Steps);
        together.Run(given.Steps);
        Assert.Equal(alone.Parameters.ToArray(), together.Parameters.ToArray());
    }

    [Fact]
    public void The_parts_keep_their_contracts()
    {
        VectorCase given = new(VectorNoise.None, false, true, 7, 5, 2, 4, 3);
        Assert.Empty(PartChecks.FaultsOfModel(_ => new SquareModel<double>(7, 0.5)));
        Assert.Empty(PartChecks.FaultsOfModel(_ => new SquareDifferenceModel<double>(7, 0.5)));
        Assert.Empty(PartChecks.FaultsOfUpdateRule(new NoisyDirection<double>(new HeavyBall<double>(0.5), 0.3, 1)));
        foreach (VectorNoise noise in Enum.GetValues<VectorNoise>())
        {
            VectorCase own = given with { Noise = noise, Environments = noise == VectorNoise.OneSample ? 1 : 2 };
            Assert.Empty(PartChecks.FaultsOfTrainer(own.Create));
        }
    }
}
