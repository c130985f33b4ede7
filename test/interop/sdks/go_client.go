// The official Go SDK as a partner, told what to do by one JSON argument.
//
//	produce:  writes LogGroups
//	split:    splits a shard in its middle, and prints the ids of the shards that took part
//	consume:  runs the SDK's own consumer library until standard input ends, and prints one line a LogGroup
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/big"
	"os"
	"time"

	sls "github.com/aliyun/aliyun-log-go-sdk"
	consumerLibrary "github.com/aliyun/aliyun-log-go-sdk/consumer"
	kitlog "github.com/go-kit/kit/log"
	"google.golang.org/protobuf/proto"
)

// One heartbeat a second keeps the test short; the long timeout keeps a busy machine from losing a consumer.
const (
	heartbeatSeconds = 1
	timeoutSeconds   = 60
)

type job struct {
	Do        string
	Endpoint  string
	Region    string
	KeyID     string
	KeySecret string
	Signature string
	Project   string
	Logstore  string
	Group     string
	Order     bool
	Groups    []struct {
		Ids []string
		// Without a key the server picks the shard.
		Key *string
	}
	Shard    int
	Consumer string
}

func main() {
	var job job
	check(json.Unmarshal([]byte(os.Args[1]), &job))
	switch job.Do {
	case "produce":
		job.produce()
	case "split":
		job.split()
	case "consume":
		job.consume()
	default:
		log.Fatalf("%q is nothing this program does", job.Do)
	}
}

func (job job) client() sls.ClientInterface {
	client := sls.CreateNormalInterface(job.Endpoint, job.KeyID, job.KeySecret, "")
	client.SetAuthVersion(sls.AuthVersionType(job.Signature))
	client.SetRegion(job.Region)
	return client
}

func (job job) produce() {
	client := job.client()
	for _, group := range job.Groups {
		logs := []*sls.Log{}
		for _, id := range group.Ids {
			logs = append(logs, &sls.Log{
				Time: proto.Uint32(uint32(time.Now().Unix())),
				Contents: []*sls.LogContent{
					{Key: proto.String("id"), Value: proto.String(id)},
					{Key: proto.String("text"), Value: proto.String("日志")},
				},
			})
		}
		logGroup := &sls.LogGroup{Topic: proto.String("interop"), Source: proto.String("192.0.2.1"), Logs: logs}
		if group.Key == nil {
			check(client.PutLogs(job.Project, job.Logstore, logGroup))
		} else {
			check(client.PostLogStoreLogs(job.Project, job.Logstore, logGroup, group.Key))
		}
	}
}

func (job job) split() {
	client := job.client()
	shards, err := client.ListShards(job.Project, job.Logstore)
	check(err)
	for _, shard := range shards {
		if shard.ShardID != job.Shard {
			continue
		}
		middle := new(big.Int).Add(key(shard.InclusiveBeginKey), key(shard.ExclusiveBeginKey))
		answer, err := client.SplitShard(job.Project, job.Logstore, shard.ShardID, fmt.Sprintf("%032x", middle.Rsh(middle, 1)))
		check(err)
		ids := []int{}
		for _, each := range answer {
			ids = append(ids, each.ShardID)
		}
		print(ids)
	}
}

func key(text string) *big.Int {
	number, ok := new(big.Int).SetString(text, 16)
	if !ok {
		log.Fatalf("%q is no key of a shard", text)
	}
	return number
}

func (job job) consume() {
	worker := consumerLibrary.InitConsumerWorkerWithCheckpointTracker(consumerLibrary.LogHubConfig{
		Endpoint:                  job.Endpoint,
		AccessKeyID:               job.KeyID,
		AccessKeySecret:           job.KeySecret,
		AuthVersion:               sls.AuthVersionType(job.Signature),
		Region:                    job.Region,
		Project:                   job.Project,
		Logstore:                  job.Logstore,
		ConsumerGroupName:         job.Group,
		ConsumerName:              job.Consumer,
		CursorPosition:            consumerLibrary.BEGIN_CURSOR,
		HeartbeatIntervalInSecond: heartbeatSeconds,
		HeartbeatTimeoutInSecond:  timeoutSeconds,
		InOrder:                   job.Order,
		Logger:                    kitlog.NewNopLogger(),
	}, process)
	worker.Start()
	_, err := io.Copy(io.Discard, os.Stdin)
	check(err)
	worker.StopAndWait()
}

func process(shard int, list *sls.LogGroupList, tracker consumerLibrary.CheckPointTracker) (string, error) {
	for _, group := range list.LogGroups {
		ids := []string{}
		for _, log := range group.Logs {
			for _, content := range log.Contents {
				if content.GetKey() == "id" {
					ids = append(ids, content.GetValue())
				}
			}
		}
		print(map[string]any{"shard": shard, "ids": ids})
	}
	return "", tracker.SaveCheckPoint(true)
}

// One line of JSON; a single write, so that lines of several shards do not mix.
func print(value any) {
	line, err := json.Marshal(value)
	check(err)
	_, err = os.Stdout.Write(append(line, '\n'))
	check(err)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
