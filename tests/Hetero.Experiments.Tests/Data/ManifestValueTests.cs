using System.Text;
using Hetero.Experiments.Data;
using Xunit;

namespace Hetero.Experiments.Tests.Data;

/// <summary>Values of a manifest that JSON takes and a data set cannot have are refused when it is read.</summary>
public class ManifestValueTests
{
    [Theory]
    [InlineData(0.5, 0.25, "has probabilities with the sum 0.75; accepted is 1 within 1e-5, so that six digits do, or none of them for equal ones.")]
    [InlineData(1, 1, "has probabilities with the sum 2; accepted is 1 within 1e-5, so that six digits do, or none of them for equal ones.")]
    [InlineData(0.5, 0.5, null)]
    [InlineData(0.1, 0.9000000001, null)]
    [InlineData(0.333333, 0.66666, null, 0.66666 / 0.999993)]
    [InlineData(0.333333, 0.66669, "has probabilities with the sum 1.000023; accepted is 1 within 1e-5, so that six digits do, or none of them for equal ones.")]
    public void Probabilities_have_the_sum_one(double first, double second, string? refusal, double? read = null)
    {
        string json = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""
            {"format":"hetero-data","version":1,"dimension":4,"layout":"svec","environments":[
            {"measurements":"x.npy","responses":"y.npy","probability":{{first}}},{"measurements":"u.npy","responses":"v.npy","probability":{{second}}}]}
            """);
        if (refusal is null)
        {
            Assert.Equal(read ?? second, Parse(json).Environments[1].Probability);
            return;
        }

        Assert.Equal($"'a.json' {refusal}", Assert.Throws<DataFileException>(() => Parse(json)).Message);
    }

    [Theory]
    [InlineData("1.0", "20.0", "3e0", null)]
    [InlineData("10e-1", "2E1", "-0.0", null)]
    [InlineData("1", "20", "3", null)]
    [InlineData("1.5", "20", "3", "has 1.5 as version; accepted is 1.")]
    [InlineData("2.0", "20", "3", "has 2.0 as version; accepted is 1.")]
    [InlineData("1", "20.5", "3", "has 20.5 as dimension; accepted is a whole number from 1 on.")]
    [InlineData("1", "1e10", "3", "has 1e10 as dimension; accepted is a whole number from 1 on.")]
    [InlineData("1", "-1.0", "3", "has -1.0 as dimension; accepted is a whole number from 1 on.")]
    [InlineData("1", "20", "0.1", "has 0.1 as streamVersion; accepted is a whole number.")]
    [InlineData("1", "20", "1e400", "has 1e400 as streamVersion; accepted is a whole number.")]
    [InlineData("1", "20", "\"3\"", "has \"3\" as streamVersion; accepted is a whole number.")]
    public void Whole_numbers_are_what_they_are_and_not_how_they_are_written(string version, string dimension, string streams, string? refusal)
    {
        string json = $$"""
            {"format":"hetero-data","version":{{version}},"dimension":{{dimension}},"layout":"svec","environments":[{"measurements":"x.npy","responses":"y.npy"}],
            "streamVersion":{{streams}}}
            """;
        if (refusal is null)
        {
            DataManifest manifest = Parse(json);
            Assert.Equal((20, streams[0] == '3' ? 3 : 0), (manifest.Dimension, manifest.StreamVersion));
            return;
        }

        Assert.Equal($"'a.json' {refusal}", Assert.Throws<DataFileException>(() => Parse(json)).Message);
    }

    [Fact]
    public void No_name_has_a_zero_character()
    {
        const string Good = """{"format":"hetero-data","version":1,"dimension":4,"layout":"svec","environments":[{"name":"a","measurements":"x","responses":"y"}],"truth":"t"}""";
        foreach ((string name, string place) in new[] { ("a", "environments[0].name"), ("x", "environments[0].measurements"), ("y", "environments[0].responses"), ("t", "truth") })
        {
            string message = Assert.Throws<DataFileException>(() => Parse(Good.Replace($"\"{name}\"", $"\"{name}\\u0000b\"", StringComparison.Ordinal))).Message;
            Assert.Contains($" as {place}; accepted is a text without U+0000, which ends a name.", message, StringComparison.Ordinal);
        }
    }

    private static DataManifest Parse(string json) => DataManifestJson.Parse(Encoding.UTF8.GetBytes(json), "a.json");
}
