using System.Reflection;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Sweep.Cases;
using Xunit;

namespace Hetero.Core.Tests.Sweep;

/// <summary>The sweep knows every public member: how to call it, or why not.</summary>
public sealed class SurfaceTests
{
    private static readonly HashSet<string> WithSpans = [.. AllCases.Of(4).Select(test => test.Key)];
    private static readonly HashSet<string> WithScalars = [.. ScalarCalls.All.Select(call => call.Key)];

    [Fact]
    public void EveryPublicMemberIsSweptOrExempt()
        => AssertNone(member => !WithSpans.Contains(member.Key) && !WithScalars.Contains(member.Key) && !ScalarSweep.CanCall(member.Value));

    [Fact]
    public void WhatWritesMemoryIsSweptWithSharedMemory()
        => AssertNone(member => !WithSpans.Contains(member.Key) && Takes(member.Value, typeof(Span<>), typeof(MatrixSpan<>)));

    [Fact]
    public void NumbersBesideSpansAreSwept()
        => AssertNone(member => !WithScalars.Contains(member.Key) && !ScalarSweep.CanCall(member.Value)
            && Takes(member.Value, typeof(int), typeof(long), typeof(double)));

    [Fact]
    public void NothingIsListedThatIsNotThere()
        => Assert.All(
            [.. WithSpans, .. WithScalars, .. ScalarRules.Keys, .. Exemptions.Keys], key => Assert.Contains(key, PublicSurface.Members.Keys));

    private static void AssertNone(Func<KeyValuePair<string, MethodBase>, bool> isMissing)
    {
        IEnumerable<string> missing = PublicSurface.Members
            .Where(member => !Exemptions.Contains(member.Key, member.Value) && isMissing(member)).Select(member => member.Key);
        string text = string.Join('\n', missing);
        Assert.True(text.Length == 0, $"Add a case to tests/…/Sweep, or a reason to {nameof(Exemptions)}:\n{text}");
    }

    private static bool Takes(MethodBase member, params Type[] types)
        => member.GetParameters().Select(p => p.ParameterType).Any(type => types.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type));
}
