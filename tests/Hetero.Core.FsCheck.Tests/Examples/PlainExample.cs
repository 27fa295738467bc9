using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck;
using Hetero.Core.Problems;
using Hetero.Core.Theory;

namespace YourTests;

public static class PlainExample
{
    public static void Run()
    {
        // A statement with its own number of instances; a failure is thrown as one line.
        TheoryCheck check = TheoryCatalog.Find("L8")[0];
        TheoryProperties.For(check).Check(TheoryConfig.For(check));

        // Your own property, on problems that FsCheck finds by their type, with FsCheck's own report on the console.
        IArbMap map = ArbMap.Default.Merge<HeteroArbitraries>();
        Prop.ForAll(map.ArbFor<ProblemDescription>(), description =>
        {
            SensingProblem problem = description.Create();
            return problem.InvariantRank + problem.SpuriousRank <= problem.Dimension;
        }).QuickCheck();
    }
}
