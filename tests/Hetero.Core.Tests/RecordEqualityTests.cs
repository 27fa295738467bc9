using System.Reflection;
using System.Runtime.CompilerServices;
using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests;

/// <summary>Records compare by value, whatever their members are.</summary>
public class RecordEqualityTests
{
    [Fact]
    public void EqualOptionsAreEqual()
    {
        static TrainingOptions Create() => new()
        {
            Seed = 3,
            StepSize = StepSizeSchedule.Piecewise((0, 0.1), (5, 0.2)),
            EnvironmentOrder = EnvironmentOrder.Blocks(4),
            NoiseDeviation = 0.5,
        };
        Assert.Equal(Create(), Create());
        Assert.Equal(Create().GetHashCode(), Create().GetHashCode());
        Assert.Equal(new TrainingOptions { Seed = 1 }, new TrainingOptions { Seed = 1 });
        Assert.NotEqual(Create(), Create() with { StepSize = StepSizeSchedule.Piecewise((0, 0.1), (6, 0.2)) });
        Assert.NotEqual(Create(), Create() with { EnvironmentOrder = EnvironmentOrder.Blocks(5) });
        Assert.NotEqual(Create(), Create() with { NoiseDeviation = 0 });
    }

    [Fact]
    public void SchedulesAreEqualIfTheirStepsAre()
    {
        StepSizeSchedule constant = StepSizeSchedule.Constant(0.1), schedule = StepSizeSchedule.Piecewise((0, 0.1), (5, 0.2), (9, 0.1));
        Assert.True(constant == StepSizeSchedule.Piecewise((0, 0.1), (7, 0.1)));
        Assert.True(schedule == StepSizeSchedule.Piecewise((0, 0.1), (3, 0.1), (5, 0.2), (6, 0.2), (9, 0.1)));
        Assert.Equal(schedule.GetHashCode(), StepSizeSchedule.Piecewise((0, 0.1), (5, 0.2), (8, 0.2), (9, 0.1)).GetHashCode());
        Assert.True(constant != schedule && constant != StepSizeSchedule.Constant(Math.BitIncrement(0.1)) && !constant.Equals(null));
        Assert.Equal(("Constant(0.1)", "Piecewise(0.1 from 0, 0.2 from 5, 0.1 from 9)"), (constant.ToString(), schedule.ToString()));
    }

    [Fact]
    public void EqualResultsAreEqual()
    {
        static CheckResult Create(double right) => CheckResult.Judge("L0", [Inequality.AtMost("h", 0, 1)], Inequality.AtMost("a", 1, right));
        Assert.Equal(Create(2), Create(2));
        Assert.Equal(Create(2).GetHashCode(), Create(2).GetHashCode());
        Assert.NotEqual(Create(2), Create(3));
        Assert.NotEqual(Create(2), Create(2) with { Trials = 2 });

        IsometryForm form = new(2, Data.Uniform<double>(30)), other = new(2, Data.Uniform<double>(30, 2));
        RipConstant constant = RipConstants.LowerBound(form, 1);
        Assert.Equal(constant, RipConstants.LowerBound(form, 1));
        Assert.Equal(constant.GetHashCode(), RipConstants.LowerBound(form, 1).GetHashCode());
        Assert.NotEqual(constant, RipConstants.LowerBound(other, 1));
    }

    // What a record compares of itself must compare by value, all the way down; lists and arrays do not.
    [Fact]
    public void NoRecordComparesReferences()
    {
        List<string> found = [];
        foreach (Type record in Libraries.All.SelectMany(library => library.GetExportedTypes()).Where(IsRecord))
        {
            MethodInfo equals = record.GetMethod("Equals", [record])!;
            if (equals.IsDefined(typeof(CompilerGeneratedAttribute)))
            {
                found.AddRange(record.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                    .Where(field => !ComparesByValue(field.FieldType)).Select(field => $"{record.Name}.{field.Name}"));
            }
        }

        Assert.Empty(found);
    }

    private static bool IsRecord(Type type)
        => !type.ContainsGenericParameters
            && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic, [typeof(System.Text.StringBuilder)]) is not null;

    private static bool ComparesByValue(Type type)
        => type.IsEnum || type.IsPrimitive || type == typeof(string)
            || type.GetInterfaces().Contains(typeof(IEquatable<>).MakeGenericType(type))
            || (Nullable.GetUnderlyingType(type) is { } underlying && ComparesByValue(underlying));
}
