using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using static Hetero.Core.Tests.Sweep.BufferSpec;
using static Hetero.Core.Tests.Sweep.SpanCase;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>The parts of a training step: models, batches, update rules and data of one's own.</summary>
internal static class PartCases
{
    private const int D = 5;

    public static IEnumerable<SpanCase> Of<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => OfModel<T>(n).Concat(OfRules<T>(n)).Concat(OfBatches<T>()).Concat(OfData<T>(n));

    public static IEnumerable<SpanCase> OfDouble()
    {
        GramMeasurements gram = new(3, 5, 1);
        SampleGroup<double> all = new() { Step = 1, Count = 5, Scale = 0.5 };
        yield return Void("MeasurementSource.Accumulate(group, matrices, results)", [In<double>(12), Update<double>(12)], s =>
            gram.Accumulate(in all, s.Vector<double>(0), s.Vector<double>(1))) with
        { FormsProducts = true };
        FunctionEnvironments law = Parts.Law(2);
        yield return Void("FunctionEnvironments.CopyMean(sigma)", [Out<double>(4, 0)], s => law.CopyMean(s.Vector<double>(0)));
        yield return Void("FunctionEnvironments.Draw(stream, sigma, label)", [Out<double>(4, 0), Out<double>(3, 0)], s =>
            law.Draw(new RandomStream(1, StreamPurpose.User), s.Vector<double>(0), s.Vector<double>(1)));
        yield return new(
            "FunctionEnvironments.new(name, mean, largestEntry, draw)",
            [In<double>(4, 0, () => [1, 2, 2, 1])],
            s => [new FunctionEnvironments("law", s.Vector<double>(0), 3, (_, sigma) => sigma.Clear()).Rank]);
        yield return new("PartDescription.Add(name, values)", [In<double>(3, 0)], s =>
        {
            PartDescription description = new();
            description.Add<double>("numbers", s.Vector<double>(0));
            return [description.ToString().Length];
        })
        {
            // A hash is as long for any number of numbers.
            TakesAnyLength = true,
        };
    }

    private static IEnumerable<SpanCase> OfModel<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = Math.Clamp(n, 1, D), p = Svec.Length(D);
        TrainingOptions options = new() { Seed = 1, FactorColumns = k };
        GramModel<T> gram = new(D, options);
        Trainer<T> trainer = new HeteroSgd<T>(Parts.Data<T>(D), new TrainingOptions { Seed = 1, Samples = 2, InitialScale = 1 });
        (string Type, Model<T> Model)[] models =
        [
            ("GramModel", gram), ("Model", gram), ("IndefiniteModel", new IndefiniteModel<T>(D, options)), ("DirectModel", new DirectModel<T>(D, new() { Seed = 1 })),
        ];
        foreach ((string type, Model<T> model) in models)
        {
            int count = model.ParameterCount;
            yield return Void($"{type}.Start(parameters)", [Out<T>(count, 0)], s => model.Start(s.Vector<T>(0)));
            yield return Void($"{type}.CopyMatrix(parameters, svec)", [In<T>(count), Out<T>(p, model is DirectModel<T> ? 1 : 2)], s =>
                model.CopyMatrix(s.Vector<T>(0), s.Vector<T>(1))) with
            { FormsProducts = true };
            yield return Void($"{type}.PullBack(parameters, gradient, direction)", [In<T>(count, 0), In<T>(p), Out<T>(count)], s =>
                model.PullBack(s.Vector<T>(0), s.Vector<T>(1), s.Vector<T>(2))) with
            { FormsProducts = true };
        }

        foreach (Model<T> vectors in Parts.VectorModels<T>(D))
        {
            string type = vectors.GetType().Name.Split('`')[0];
            int parameters = vectors.ParameterCount;
            yield return Void($"{type}.Start(parameters)", [Out<T>(parameters, 0)], s => vectors.Start(s.Vector<T>(0)));
            yield return Void($"{type}.CopyMatrix(parameters, svec)", [In<T>(parameters), Out<T>(D, 2)], s =>
                vectors.CopyMatrix(s.Vector<T>(0), s.Vector<T>(1))) with
            { FormsProducts = true };
            yield return Void($"{type}.PullBack(parameters, gradient, direction)", [In<T>(parameters, 0), In<T>(D), Out<T>(parameters)], s =>
                vectors.PullBack(s.Vector<T>(0), s.Vector<T>(1), s.Vector<T>(2))) with
            { FormsProducts = true };
        }

        yield return Void("Trainer.CopyEstimate(destination)", [OutMatrix<T>(D, D, 0)], s => trainer.CopyEstimate(s.Matrix<T>(0)));
    }

    private static IEnumerable<SpanCase> OfRules<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixShape[] shapes = [new(D, Math.Clamp(n, 1, D)), new(2, 3)];
        int length = shapes.Sum(shape => shape.Length);
        foreach ((UpdateRule<T> rule, bool isLinear) in Parts.Rules<T>())
        {
            int state = rule.StateLength(shapes), scratch = rule.ScratchLength(shapes), degree = isLinear ? 1 : 0;
            Func<double[]> positive = () => Array.ConvertAll(Data.Uniform<double>(state, 5), Math.Abs);
            BufferSpec[] buffers =
            [
                Update<T>(length, degree), In<T>(length, degree),
                new(BufferRole.Update, typeof(T), 1, state, degree, positive), Scratch<T>(scratch),
            ];
            string name = rule.GetType().Name.Split('`')[0];
            foreach (string type in new[] { name, "UpdateRule" })
            {
                yield return Void($"{type}.Apply(step)", buffers, s => rule.Apply(new UpdateStep<T>
                {
                    Step = 3,
                    StepSize = T.CreateChecked(0.25),
                    SignalTrace = 10,
                    Parameters = s.Vector<T>(0),
                    Direction = s.Vector<T>(1),
                    State = s.Vector<T>(2),
                    Scratch = s.Vector<T>(3),
                    Shapes = shapes,
                }));
            }
        }
    }

    private static IEnumerable<SpanCase> OfBatches<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int p = Svec.Length(D);
        SignalModel<T> signals = new(SensingProblem.Create(D, 1, 2, 7));
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(2, 1, 3);
        TrainingOptions options = new() { Seed = 1, Samples = 4 };
        Batch<T>[] known =
        [
            new HeteroBatch<T>(signals, environments, new RegeneratedMeasurements<T>(D, 1), options),
            new PooledBatch<T>(signals, environments, new ExactLawMeasurements<T>(D, 1), options),
            new FullBatch<T>(signals, environments, new PopulationMeasurements<T>(D), options),
        ];
        Batch<T>[] measured = [.. Parts.OwnBatches(Parts.Data<T>(D), new() { Seed = 1, Samples = 2 })];
        foreach (Batch<T> batch in known.Concat(measured).Append(Parts.Noisy<T>(D)))
        {
            string name = batch.GetType().Name.Split('`')[0];
            BufferSpec[] buffers = [In<T>(p, 0), Update<T>(p, 0), .. batch.HasPopulationGradient ? new[] { Out<T>(p, 0) } : []];
            foreach (string type in new[] { name, "Batch" })
            {
                yield return Void($"{type}.ComputeGradient(step)", buffers, s => batch.ComputeGradient(new BatchStep<T>
                {
                    Step = 2,
                    Product = s.Vector<T>(0),
                    Gradient = s.Vector<T>(1),
                    PopulationGradient = buffers.Length > 2 ? s.Vector<T>(2) : default,
                }));
            }
        }
    }

    private static IEnumerable<SpanCase> OfData<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        n = Math.Max(n, 1);
        int p = Svec.Length(n);

        // Without responses the sums grow as the matrix.
        MeasuredData<T> data = Parts.Data<T>(n, response: 0);
        EnvironmentGradients<T> gradients = Parts.GradientsOf(data);
        yield return new("MeasuredData.Risk(environment, matrix)", [In<T>(p)], s => [data.Risk(1, s.Vector<T>(0))]) { ResultDegree = 2, FormsProducts = true };
        yield return new(
            "MeasuredData.new(dimension, environments, layout, probabilities, order, seed, team)",
            [In<double>(2, 0, () => [0.25, 0.75])],
            s => [new MeasuredData<T>(n, Parts.Samples<T>(n), probabilities: s.Vector<double>(0)).GetProbability(1)])
        {
            // No probabilities are equal ones.
            TakesAnyLength = true,
        };
        foreach (MeasurementSource<T> source in new MeasurementSource<T>[] { data, new Parts.Rows<T>(n) })
        {
            SampleGroup<T> group = new() { Step = 1, Count = 2, Scale = 0.5 };
            yield return Void("MeasurementSource.Accumulate(group, matrices, results)", [In<T>(2 * p), Update<T>(2 * p)], s =>
                source.Accumulate(in group, s.Vector<T>(0), s.Vector<T>(1))) with
            { FormsProducts = true };
            yield return Void("RipError.Apply(source, samples, step, matrices, results)", [In<T>(2 * p), Out<T>(2 * p)], s =>
                RipError.Apply(source, 2, 1, s.Vector<T>(0), s.Vector<T>(1))) with
            { FormsProducts = true };
        }

        int d = Math.Max(n, 2);
        double[] first = Support.Matrices.Mirrored(Support.Data.Uniform<double>(d * d, 5), d), second = Support.Matrices.Mirrored(Support.Data.Uniform<double>(d * d, 6), d);
        yield return Void(
            "DifferenceOfFits.Write(first, second, invariantRank, spuriousRank, destination)",
            [InMatrix<T>(d, d, 1, () => first), InMatrix<T>(d, d, 1, () => second), OutMatrix<T>(d, d)],
            s => DifferenceOfFits.Write<T>(s.Matrix<T>(0), s.Matrix<T>(1), 1, 1, s.Matrix<T>(2))) with
        { FormsProducts = true, HeadRoom = 12 };
        yield return Void("EnvironmentGradients.Apply(environment, matrix, result)", [In<T>(p), Update<T>(p)], s =>
            gradients.Apply(1, s.Vector<T>(0), s.Vector<T>(1))) with
        { FormsProducts = true };
    }
}
