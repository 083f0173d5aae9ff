package praline.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.protocol.UserError;

/**
 * The API's answers, letter by letter: within v1 a field may be added, which changes a line here, but none may be
 * renamed or taken away (spec/hardening.md A13).
 */
class GoldenJsonTest {

    private static final Traffic TRAFFIC = new Traffic(List.of(new Traffic.Line("query", 1, 33, 2, 66)));

    @Test
    void linesOfASearch() throws JsonProcessingException {
        HitLine hit = new HitLine("a b.txt", 5, "A".repeat(32), "127.1.0.7", 6346, "0".repeat(32), 2, 14);
        assertJson(
                "{'hit':{'name':'a b.txt','size':5,'sha1':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA','host':'127.1.0.7',"
                        + "'port':6346,'servent':'00000000000000000000000000000000','hops':2,'ms':14}}",
                SearchLine.of(hit));
        assertJson(
                "{'end':{'hits':1,'ms':3000,'askedBy':'127.1.0.1:6346'}}",
                new SearchLine(null, new SearchLine.End(1, 3_000, "127.1.0.1:6346")));
    }

    @Test
    void linesOfADownload() throws JsonProcessingException {
        assertJson(
                "{'state':'DONE','stored':5,'size':5,'sources':1,'name':'a','path':'/d/a','exitCode':0}",
                new GetLine(GetLine.State.DONE, 5, 5, 1, "a", "/d/a", null, 0));
        assertJson(
                "{'state':'FAILED','stored':0,'size':-1,'sources':0,'text':'why','exitCode':3}",
                new GetLine(GetLine.State.FAILED, 0, -1, 0, null, null, "why", 3));
    }

    @Test
    void statusOfANode() throws JsonProcessingException {
        assertJson(
                "{'role':'leaf','address':'127.1.0.3:6346','servent':'00','links':[{'address':'127.1.0.1:6346',"
                        + "'role':'supernode','agent':'Praline/0.1.0','dialled':true}],'filesShared':4,'recordsHeld':0,"
                        + "'hostsKnown':3,'scanning':false,'engineBugs':0,'traffic':{'causes':[{'cause':'query',"
                        + "'messagesIn':1,'bytesIn':33,'messagesOut':2,'bytesOut':66}]},'limitHits':{'limits.x.y':1}}",
                new NodeAnswer(
                        "leaf",
                        "127.1.0.3:6346",
                        "00",
                        List.of(new NodeAnswer.LinkAnswer("127.1.0.1:6346", "supernode", "Praline/0.1.0", true)),
                        4,
                        0,
                        3,
                        false,
                        0,
                        TRAFFIC,
                        Map.of("limits.x.y", 1L)));
    }

    @Test
    void statusAndNodesOfACluster() throws JsonProcessingException {
        assertJson(
                "{'nodes':2,'seed':1,'port':6346,'processes':false,'roles':[{'role':'flat','planned':2,'alive':1,"
                        + "'links':1,'filesShared':9,'recordsHeld':0}],'scanning':0,'engineBugs':0,'traffic':"
                        + "{'causes':[{'cause':'query','messagesIn':1,'bytesIn':33,'messagesOut':2,'bytesOut':66}]},"
                        + "'limitHits':{}}",
                new ClusterAnswer(
                        2,
                        1,
                        6346,
                        false,
                        List.of(new ClusterAnswer.RoleAnswer("flat", 2, 1, 1, 9, 0)),
                        0,
                        0,
                        TRAFFIC,
                        Map.of()));
        assertJson(
                "{'total':2,'offset':1,'nodes':[{'number':2,'address':'127.1.0.2:6346','role':'flat','alive':true,"
                        + "'links':1,'filesShared':9,'recordsHeld':0}]}",
                new NodesAnswer(2, 1, List.of(new NodesAnswer.Line(2, "127.1.0.2:6346", "flat", true, 1, 9, 0))));
        assertJson(
                "{'number':2,'address':'127.1.0.2:6346','role':'flat'}", new KillAnswer(2, "127.1.0.2:6346", "flat"));
    }

    @Test
    void refusals() throws JsonProcessingException {
        assertJson(
                "{'error':'no such node','where':'node 9','kind':'USAGE'}",
                new ApiProblem("no such node", "node 9", UserError.Kind.USAGE));
    }

    @Test
    void noCharacterOfAnyNameCanActOnATerminal() throws JsonProcessingException {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            String json = Json.MAPPER.writeValueAsString(new String(Character.toChars(codePoint)));
            assertTrue(json.chars().allMatch(c -> c >= ' ' && c <= '~'), () -> "as " + json);
        }
    }

    private static void assertJson(String expected, Object answer) throws JsonProcessingException {
        assertEquals(expected.replace('\'', '"'), Json.MAPPER.writeValueAsString(answer));
    }
}
