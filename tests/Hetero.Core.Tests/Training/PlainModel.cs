namespace Hetero.Core.Tests.Training;

/// <summary>The library's models by plain loops: the matrix that parameters stand for, and a step of plain SGD.</summary>
internal static class PlainModel
{
    /// <summary>M, d×d: UUᵀ, UUᵀ − VVᵀ, or the symmetric part of A.</summary>
    public static double[] Matrix(string model, double[] parameters, int d) => model switch
    {
        "gram" => PlainMatrix.Gram(parameters, d),
        "indefinite" => [.. PlainMatrix.Gram(First(parameters), d).Zip(PlainMatrix.Gram(Second(parameters), d), (positive, negative) => positive - negative)],
        _ => [.. parameters.Zip(Support.Matrices.Transposed(parameters, d, d), (entry, mirrored) => (entry + mirrored) / 2)],
    };

    /// <summary>U − ηGU; V + ηGV; A − ηG.</summary>
    public static double[] Step(string model, double[] parameters, double[] gradient, int d, double rate) => model switch
    {
        "gram" => Multiplied(parameters, gradient, d, -rate),
        "indefinite" => [.. Multiplied(First(parameters), gradient, d, -rate), .. Multiplied(Second(parameters), gradient, d, rate)],
        _ => [.. parameters.Zip(gradient, (entry, slope) => entry - (rate * slope))],
    };

    private static double[] Multiplied(double[] factor, double[] gradient, int d, double rate)
        => [.. factor.Zip(PlainMatrix.Times(gradient, factor, d, d, factor.Length / d), (entry, product) => entry + (rate * product))];

    private static double[] First(double[] parameters) => parameters[..(parameters.Length / 2)];

    private static double[] Second(double[] parameters) => parameters[(parameters.Length / 2)..];
}
