namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>The cases by the names that the command takes, in the order of the table.</summary>
internal static class AllCases
{
    public static IReadOnlyList<(string Name, Func<PeerContext, IEnumerable<PeerCase>> Create)> List { get; } =
    [
        ("gemm", GemmCases.Create),
        ("syrk", GramCases.Create),
        ("fill", FillCases.Create),
        ("stored", StoredCases.Create),
        ("regenerated", RegeneratedCases.Create),
        ("rank-one", RankOneCases.Create),
        ("exact-law", ExactLawCases.Create),
        ("eigen", EigenCases.Create),
        ("svd", SvdCases.Create),
        ("qr", QrCases.Create),
        ("pivoted", PivotedQrCases.Create),
        ("solve", LeastSquaresCases.Create),
        ("cholesky", CholeskyCases.Create),
        ("threads", ThreadCases.Create),
    ];
}
