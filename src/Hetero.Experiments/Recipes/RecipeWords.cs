using Hetero.Core.Environments;
using Hetero.Core.Training;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>The words for the values that are one of a few.</summary>
internal static class RecipeWords
{
    public static Choices<Algorithm> Algorithms { get; } = new(
        ("hetero-sgd", Algorithm.HeteroSgd), ("pooled-sgd", Algorithm.PooledSgd), ("pooled-gd", Algorithm.PooledGd));

    public static Choices<MeasurementKind> Measurements { get; } = new(
        ("exact-law", MeasurementKind.ExactLaw),
        ("regenerated", MeasurementKind.Regenerated),
        ("stored", MeasurementKind.Stored),
        ("population", MeasurementKind.Population),
        ("rank-one", MeasurementKind.RankOne),
        ("stored-rank-one", MeasurementKind.StoredRankOne),
        ("exact-law-factored", MeasurementKind.ExactLawFactored));

    public static Choices<ScalarLaw> Laws { get; } = new(("two-point", ScalarLaw.TwoPoint), ("uniform", ScalarLaw.Uniform));

    public static Choices<ModelKind> Models { get; } = new(
        ("gram", ModelKind.Gram), ("indefinite", ModelKind.Indefinite), ("direct", ModelKind.Direct), ("quadratic-network", ModelKind.QuadraticNetwork));

    public static Choices<TraceKind> Traces { get; } = new(
        ("known", TraceKind.Known), ("response-mean", TraceKind.ResponseMean), ("operator-norm", TraceKind.OperatorNorm));

    public static Choices<ScheduleKind> Schedules { get; } = new(
        ("constant", ScheduleKind.Constant), ("piecewise", ScheduleKind.Piecewise), ("cosine", ScheduleKind.Cosine), ("inverse-time", ScheduleKind.InverseTime));

    public static Choices<UpdateKind> Updates { get; } = new(
        ("sgd", UpdateKind.Sgd),
        ("heavy-ball", UpdateKind.HeavyBall),
        ("nesterov", UpdateKind.Nesterov),
        ("adam", UpdateKind.Adam),
        ("sign-descent", UpdateKind.SignDescent),
        ("muon", UpdateKind.Muon));

    public static Choices<ObjectiveKind> Objectives { get; } = new(
        ("none", ObjectiveKind.None),
        ("mean-risk", ObjectiveKind.MeanRisk),
        ("v-rex", ObjectiveKind.VRex),
        ("group-dro", ObjectiveKind.GroupDro),
        ("irm-v1", ObjectiveKind.IrmV1),
        ("matrix-irm", ObjectiveKind.MatrixIrm),
        ("gradient-variance", ObjectiveKind.GradientVariance),
        ("gradient-norm-variance", ObjectiveKind.GradientNormVariance),
        ("and-mask", ObjectiveKind.AndMask));

    public static Choices<Orthogonalization> Orthogonalizations { get; } = new(
        ("newton-schulz", Orthogonalization.NewtonSchulz), ("polar", Orthogonalization.Polar));

    public static Choices<StartKind> Starts { get; } = new(("identity", StartKind.Identity), ("frame", StartKind.Frame));

    public static Choices<PooledSampling> PooledSamplings { get; } = new(
        ("stratified", PooledSampling.Stratified), ("independent", PooledSampling.Independent));

    public static Choices<EnvironmentOrderKind> EnvironmentOrders { get; } = new(
        ("independent", EnvironmentOrderKind.Independent),
        ("cyclic", EnvironmentOrderKind.Cyclic),
        ("shuffled", EnvironmentOrderKind.Shuffled),
        ("blocks", EnvironmentOrderKind.Blocks));

    public static Choices<ClientParticipation> Participations { get; } = new(
        ("independent", ClientParticipation.Independent), ("distinct", ClientParticipation.Distinct));

    public static Choices<Precision> Precisions { get; } = new(("double", Precision.Double), ("single", Precision.Single));
}
